#include "page/openapi_export.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/json_text.h"
#include "base/yaml_node.h"

namespace conform {
namespace {

using Json = nlohmann::json;
using OrderedJson = nlohmann::ordered_json;

constexpr std::array<std::string_view, 8> kExportedMethods = {"get",     "put",  "post",  "delete",
                                                              "options", "head", "patch", "trace"};

/// Members of a contract file that an operation says in OpenAPI's own words.
constexpr std::array kNativeMembers = {"server", "method", "parameters"};

OrderedJson Ordered(const Json& value) { return OrderedJson::parse(WriteJsonText(value)); }

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

template <typename Header>
Json HeadersOf(const std::vector<Header>& written, const Json& headers) {
  Json list = Json::array();
  for (const Header& each : written) {
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
    const std::string name = NameOf(rule);
    Json condition = MemberOf(responses, name);
    if (!rule.content.empty()) condition["content"] = MediaTypesOf(rule.content);
    if (!rule.headers.empty()) condition["headers"] = HeadersOf(rule.headers, condition["headers"]);
    condition["status"] = rule.range.empty() ? Json(rule.status) : Json(rule.range);
    list.push_back(std::move(condition));
  }
  return list;
}

/// Parameters that OpenAPI says as security; they come last.
Json KeysOf(const Contract& contract) {
  Json keys = Json::array();
  for (const Parameter& each : contract.parameters) {
    if (!each.key) continue;
    Json key = {{"name", each.name}, {"in", NameOf(each.in)}, {"key", true}};
    if (each.required) key["required"] = true;
    if (!each.schema.is_null()) key["schema"] = each.schema;
    keys.push_back(std::move(key));
  }
  return keys;
}

Json ExtensionOf(const Contract& contract) {
  Json file = FileOf(contract);
  const Json responses = MemberOf(file, "responses");
  for (const char* name : kNativeMembers) file.erase(name);
  if (contract.request_body.none && file.contains("requestBody")) file["requestBody"] = "none";
  if (!contract.request_body.none)
    file["requestBody"] = MediaTypesOf(contract.request_body.content);
  if (!contract.headers.empty()) file["headers"] = HeadersOf(contract.headers, file["headers"]);
  if (const Json keys = KeysOf(contract); !keys.empty()) file["keys"] = keys;
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
    if (each.key) continue;  // Said as security.
    OrderedJson parameter = {{"name", each.name}, {"in", NameOf(each.in)}};
    if (each.required) parameter["required"] = true;
    parameter["schema"] = each.schema.is_null() ? OrderedJson::object() : Ordered(each.schema);
    if (each.schema.is_null()) parameter["x-conform-schema"] = false;
    if (each.schema.is_object() && each.schema.contains("example"))
      parameter["example"] = Ordered(each.schema["example"]);
    parameters.push_back(std::move(parameter));
  }
  for (const HeaderRule& each : contract.headers) {
    const std::string name = ToLower(each.name);
    if (name == "authorization" || name == "accept" || name == "content-type") continue;
    OrderedJson parameter = {{"name", each.name}, {"in", "header"}};
    if (each.required) parameter["required"] = true;
    parameter["schema"] = {{"type", "string"}};
    if (!each.value.empty()) parameter["example"] = each.value;
    parameter["x-conform-header"] = true;
    parameters.push_back(std::move(parameter));
  }
  return parameters;
}

std::string DescriptionOf(const Contract& contract, const std::string& answer) {
  for (const Clause& clause : contract.clauses) {
    if (clause.about == "responses." + answer) return clause.says;
  }
  return answer;
}

OrderedJson ResponseOf(const Contract& contract, const ResponseRule& rule) {
  OrderedJson response = {{"description", DescriptionOf(contract, NameOf(rule))}};
  for (const ResponseHeader& each : rule.headers) {
    OrderedJson& header = response["headers"][each.name];
    if (each.required) header["required"] = true;
    header["schema"] = each.schema.is_null() ? OrderedJson::object() : Ordered(each.schema);
  }
  if (!rule.content.empty()) response["content"] = ContentOf(rule.content);
  return response;
}

/// A scheme's name holds where the key stands: one of that place is one scheme.
std::string SchemeNameOf(const Parameter& key) {
  std::string name = fmt::format("key_{}_{}", NameOf(key.in), key.name);
  for (char& c : name) {
    if (!IsDigit(c) && !IsLower(ToLower(c)) && c != '_' && c != '-' && c != '.') c = '_';
  }
  return name;
}

/// What lets a caller in, all of it at once; an empty object besides where a call needs none.
OrderedJson SecurityOf(const Contract& contract) {
  OrderedJson needed = OrderedJson::object();
  bool open = true;
  const HeaderRule* authorization = contract.FindHeader("Authorization");
  if (authorization != nullptr) {
    needed[ToLower(contract.Scheme())] = OrderedJson::array();
    open = !authorization->required;
  }
  for (const Parameter& each : contract.parameters) {
    if (!each.key) continue;
    needed[SchemeNameOf(each)] = OrderedJson::array();
    open = open && !each.required;
  }
  OrderedJson security = OrderedJson::array();
  if (needed.empty()) return security;
  security.push_back(std::move(needed));
  if (open) security.push_back(OrderedJson::object());
  return security;
}

void AddSchemes(const Contract& contract, OrderedJson& schemes) {
  if (contract.FindHeader("Authorization") != nullptr) {
    const std::string scheme = ToLower(contract.Scheme());
    schemes[scheme] = {{"type", "http"}, {"scheme", scheme}};
  }
  for (const Parameter& each : contract.parameters) {
    if (!each.key) continue;
    schemes[SchemeNameOf(each)] = {
        {"type", "apiKey"}, {"in", NameOf(each.in)}, {"name", each.name}};
  }
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
    operation["responses"][NameOf(rule)] = ResponseOf(contract, rule);
  }
  OrderedJson security = SecurityOf(contract);
  if (!security.empty()) operation["security"] = std::move(security);
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

}  // namespace

Expected<OrderedJson> OpenApiOf(const std::vector<const Contract*>& contracts) {
  OrderedJson paths = OrderedJson::object();
  OrderedJson schemes = OrderedJson::object();
  for (const Contract* contract : contracts) {
    if (Expected<void> added = AddContract(*contract, paths); !added) {
      return tl::unexpected(added.error());
    }
    AddSchemes(*contract, schemes);
  }
  const bool one = contracts.size() == 1;
  OrderedJson document = {{"openapi", "3.1.0"},
                          {"info",
                           {{"title", one ? contracts.front()->page.title : "Contracts of conform"},
                            {"version", one ? contracts.front()->edition : "1"}}},
                          {"paths", std::move(paths)}};
  if (!schemes.empty()) document["components"]["securitySchemes"] = std::move(schemes);
  return document;
}

}  // namespace conform
