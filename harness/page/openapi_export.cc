#include "page/openapi_export.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/yaml_node.h"
#include "contract/contract_loader.h"

namespace conform {
namespace {

using Json = nlohmann::json;
using OrderedJson = nlohmann::ordered_json;

constexpr std::array<std::string_view, 8> kExportedMethods = {"get",     "put",  "post",  "delete",
                                                              "options", "head", "patch", "trace"};

/// Members of a contract file that an operation says in OpenAPI's own words.
constexpr std::array kNativeMembers = {"server", "method", "parameters"};

OrderedJson Ordered(const Json& value) { return OrderedJson::parse(value.dump()); }

/// The file as JSON. Digests are texts, also where they look like numbers.
Json FileOf(const Contract& contract) {
  Diagnostics unheard;  // It was loaded before.
  const std::optional<YamlNode> root = ParseYaml(*contract.source, unheard);
  if (!root) return Json::object();
  Json file = ToJson(*root);
  file["source"]["sha256"] = contract.page.sha256;
  if (!contract.page.revision.empty()) file["source"]["revision"] = contract.page.revision;
  if (!contract.page.version.empty()) file["source"]["version"] = contract.page.version;
  for (std::size_t i = 0; i < contract.clauses.size(); ++i) {
    Json& source = file["clauses"][i]["source"];
    source["fingerprint"] = contract.clauses[i].source.fingerprint;
    if (!contract.clauses[i].source.version.empty())
      source["version"] = contract.clauses[i].source.version;
    if (!contract.clauses[i].source.sentences.empty())
      source["sentence"] = contract.clauses[i].source.sentences;
  }
  return file;
}

/// JSON's objects have no order, a contract's lists do.
Json MediaTypesOf(const std::vector<MediaContent>& contents) {
  Json types = Json::array();
  for (const MediaContent& each : contents) types.push_back(each.media_type);
  return types;
}

Json HeadersOf(const Contract& contract, const Json& headers) {
  Json list = Json::array();
  for (const HeaderRule& each : contract.headers) {
    Json header = MemberOf(headers, each.name);
    header["name"] = each.name;
    list.push_back(std::move(header));
  }
  return list;
}

/// In written order; contents stand at the operation's own responses.
Json ConditionsOf(const Contract& contract, const Json& responses) {
  Json list = Json::array();
  for (const ResponseRule& rule : contract.responses) {
    const std::string status = std::to_string(rule.status);
    Json condition = MemberOf(responses, status);
    if (!rule.content.empty()) condition["content"] = MediaTypesOf(rule.content);
    condition["status"] = rule.status;
    list.push_back(std::move(condition));
  }
  return list;
}

Json ExtensionOf(const Contract& contract) {
  Json file = FileOf(contract);
  const Json responses = MemberOf(file, "responses");
  for (const char* name : kNativeMembers) file.erase(name);
  if (contract.request_body.none && file.contains("requestBody")) file["requestBody"] = "none";
  if (!contract.request_body.none)
    file["requestBody"] = MediaTypesOf(contract.request_body.content);
  if (!contract.headers.empty()) file["headers"] = HeadersOf(contract, file["headers"]);
  file["responses"] = ConditionsOf(contract, responses);
  return file;
}

OrderedJson ContentOf(const std::vector<MediaContent>& contents) {
  OrderedJson content = OrderedJson::object();
  for (const MediaContent& each : contents) {
    OrderedJson media = OrderedJson::object();
    if (!each.schema.is_null()) media["schema"] = Ordered(each.schema);
    if (!each.example.is_null()) media["example"] = Ordered(each.example);
    content[each.media_type] = std::move(media);
  }
  return content;
}

OrderedJson ParametersOf(const Contract& contract, const std::string& path) {
  OrderedJson parameters = OrderedJson::array();
  for (const Parameter& each : contract.parameters) {
    const bool in_path = each.in == Parameter::In::kPath;
    if (in_path && path.find("{" + each.name + "}") == std::string::npos) continue;
    OrderedJson parameter = {{"name", each.name}, {"in", in_path ? "path" : "query"}};
    if (each.required) parameter["required"] = true;
    parameter["schema"] = each.schema.is_null() ? OrderedJson::object() : Ordered(each.schema);
    if (each.schema.is_null()) parameter["x-conform-schema"] = false;
    parameters.push_back(std::move(parameter));
  }
  for (const HeaderRule& each : contract.headers) {
    const std::string name = ToLower(each.name);
    if (name == "authorization" || name == "accept" || name == "content-type") continue;
    OrderedJson parameter = {{"name", each.name}, {"in", "header"}};
    if (each.required) parameter["required"] = true;
    parameter["schema"] = {{"type", "string"}};
    if (!each.value.empty()) parameter["example"] = each.value;
    parameters.push_back(std::move(parameter));
  }
  return parameters;
}

std::string DescriptionOf(const Contract& contract, int status) {
  for (const Clause& clause : contract.clauses) {
    if (clause.about == fmt::format("responses.{}", status)) return clause.says;
  }
  return std::to_string(status);
}

OrderedJson OperationOf(const Contract& contract, const std::string& path) {
  OrderedJson operation = {{"operationId", contract.operation},
                           {"summary", contract.page.title},
                           {"servers", {{{"url", contract.server}}}}};
  if (contract.maturity == "deprecated") operation["deprecated"] = true;
  OrderedJson parameters = ParametersOf(contract, path);
  if (!parameters.empty()) operation["parameters"] = std::move(parameters);
  if (!contract.request_body.none) {
    operation["requestBody"] = OrderedJson::object();
    if (contract.request_body.required) operation["requestBody"]["required"] = true;
    operation["requestBody"]["content"] = ContentOf(contract.request_body.content);
  }
  operation["responses"] = OrderedJson::object();
  for (const ResponseRule& rule : contract.responses) {
    OrderedJson& response = operation["responses"][std::to_string(rule.status)];
    response["description"] = DescriptionOf(contract, rule.status);
    if (!rule.content.empty()) response["content"] = ContentOf(rule.content);
  }
  const HeaderRule* authorization = contract.FindHeader("Authorization");
  if (authorization != nullptr && authorization->scheme == "Bearer") {
    operation["security"] = {{{"bearer", OrderedJson::array()}}};
    if (!authorization->required) operation["security"].push_back(OrderedJson::object());
  }
  return operation;
}

Expected<void> AddContract(const Contract& contract, OrderedJson& paths) {
  const std::string method = ToLower(contract.method);
  if (std::find(kExportedMethods.begin(), kExportedMethods.end(), method) ==
      kExportedMethods.end()) {
    return Fail(fmt::format("{}: OpenAPI has no method {}", contract.operation, contract.method));
  }
  for (std::size_t i = 0; i < contract.paths.size(); ++i) {
    const std::string& path = contract.paths[i];
    if (paths[path].contains(method)) {
      return Fail(
          fmt::format("{} {} of {}, edition {}, is also of another contract; export them "
                      "apart",
                      contract.method, path, contract.operation, contract.edition));
    }
    OrderedJson operation = OperationOf(contract, path);
    if (i == 0) {
      operation["x-conform"] = Ordered(ExtensionOf(contract));
    } else {
      operation["operationId"] = fmt::format("{}_{}", contract.operation, i + 1);
      operation["x-conform-same-as"] = contract.operation;
    }
    paths[path][method] = std::move(operation);
  }
  return {};
}

// --- and back ----------------------------------------------------------------------------------

Json ParametersBack(const OpenApiNode& operation) {
  Json parameters = Json::array();
  const OpenApiNode list = operation.At("parameters");
  for (const Json& each : list.value) {
    if (!each.is_object() || MemberOf(each, "in") == "header") continue;
    Json parameter = each;
    if (MemberOf(each, "x-conform-schema") == false) parameter.erase("schema");
    parameter.erase("x-conform-schema");
    parameters.push_back(std::move(parameter));
  }
  return parameters;
}

/// A list whose items bear their `key`: a map in that order.
OrderedJson MapBack(const Json& list, const char* key) {
  OrderedJson map = OrderedJson::object();
  for (const Json& each : list) {
    const Json& name = MemberOf(each, key);
    if (!each.is_object()) continue;
    OrderedJson item = Ordered(each);
    item.erase(key);
    map[name.is_string() ? name.get<std::string>() : name.dump()] = std::move(item);
  }
  return map;
}

/// The media types of `order`, as they stand at `content`.
OrderedJson ContentBack(const OpenApiNode& content, const Json& order) {
  OrderedJson back = OrderedJson::object();
  for (const Json& type : order) {
    if (!type.is_string()) continue;
    const OpenApiNode media = content.At(type.get<std::string>());
    if (media.IsThere()) back[type.get<std::string>()] = Ordered(media.value);
  }
  return back;
}

OrderedJson ResponsesBack(const OpenApiNode& operation, const Json& conditions) {
  OrderedJson responses = MapBack(conditions, "status");
  for (auto& [status, response] : responses.items()) {
    const auto order = response.find("content");
    if (order == response.end() || !order->is_array()) continue;
    const OpenApiNode content = operation.At("responses").At(status).At("content");
    response["content"] = ContentBack(content, Json::parse(order->dump()));
  }
  return responses;
}

}  // namespace

Expected<OrderedJson> OpenApiOf(const std::vector<const Contract*>& contracts) {
  OrderedJson paths = OrderedJson::object();
  bool bearer = false;
  for (const Contract* contract : contracts) {
    if (Expected<void> added = AddContract(*contract, paths); !added) {
      return tl::unexpected(added.error());
    }
    bearer = bearer || contract->FindHeader("Authorization") != nullptr;
  }
  const bool one = contracts.size() == 1;
  OrderedJson document = {{"openapi", "3.1.0"},
                          {"info",
                           {{"title", one ? contracts.front()->page.title : "Contracts of conform"},
                            {"version", one ? contracts.front()->edition : "1"}}},
                          {"paths", std::move(paths)}};
  if (bearer) {
    document["components"]["securitySchemes"]["bearer"] = {{"type", "http"}, {"scheme", "bearer"}};
  }
  return document;
}

std::optional<Contract> ContractOfExport(OpenApiDocument& document, const OpenApiNode& operation,
                                         const std::string& method, const std::string& path) {
  const OpenApiNode extension = operation.At("x-conform");
  OrderedJson file = Ordered(extension.value);
  if (!file.is_object()) file = OrderedJson::object();
  const Json first = operation.At("servers").At("0").value;
  file["server"] = Ordered(MemberOf(first, "url"));
  file["method"] = method;
  if (!file.contains("path")) file["path"] = path;
  const Json parameters = ParametersBack(operation);
  if (!parameters.empty()) file["parameters"] = Ordered(parameters);
  if (const OpenApiNode body = operation.At("requestBody"); body.IsThere()) {
    const Json order = MemberOf(extension.value, "requestBody");
    file["requestBody"] = OrderedJson::object();
    if (body.value.contains("required"))
      file["requestBody"]["required"] = Ordered(body.value["required"]);
    file["requestBody"]["content"] = ContentBack(body.At("content"), order);
  }
  if (file.contains("headers")) {
    file["headers"] = MapBack(MemberOf(extension.value, "headers"), "name");
  }
  file["responses"] = ResponsesBack(operation, MemberOf(extension.value, "responses"));
  Diagnostics diagnostics;
  const std::string text = file.dump(1, ' ', false, OrderedJson::error_handler_t::replace);
  std::optional<Contract> contract =
      LoadContract(std::make_shared<SourceText>("x-conform", text), diagnostics);
  if (!contract) {
    document.Warn(extension,
                  fmt::format("x-conform is not read: {}", diagnostics.Sorted().front().message),
                  "the operation is read as any other");
  }
  return contract;
}

}  // namespace conform
