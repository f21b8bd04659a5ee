// An export's operation, back to the contract that it was made of.
#include <fmt/format.h>

#include "base/json_text.h"
#include "contract/contract_loader.h"
#include "page/openapi_export.h"

namespace conform {
namespace {

using Json = nlohmann::json;
using OrderedJson = nlohmann::ordered_json;

OrderedJson InOrder(const Json& value) { return OrderedJson::parse(WriteJsonText(value)); }

/// Keys last: they are no parameters of OpenAPI's.
Json ParametersBack(const OpenApiNode& operation, const Json& keys) {
  Json parameters = Json::array();
  const OpenApiNode list = operation.At("parameters");
  for (const Json& each : list.value) {
    if (!each.is_object() || MemberOf(each, "x-conform-header") == true) continue;
    Json parameter = each;
    if (MemberOf(each, "x-conform-schema") == false) parameter.erase("schema");
    parameter.erase("x-conform-schema");
    parameter.erase("example");  // The schema's.
    parameters.push_back(std::move(parameter));
  }
  for (const Json& each : keys) parameters.push_back(each);
  return parameters;
}

/// A list whose items bear their `key`: a map in that order.
OrderedJson MapBack(const Json& list, const char* key) {
  OrderedJson map = OrderedJson::object();
  for (const Json& each : list) {
    const Json& name = MemberOf(each, key);
    if (!each.is_object()) continue;
    OrderedJson item = InOrder(each);
    item.erase(key);
    map[name.is_string() ? name.get<std::string>() : WriteJsonText(name)] = std::move(item);
  }
  return map;
}

/// The media types of `order`, as they stand at `content`.
OrderedJson ContentBack(const OpenApiNode& content, const Json& order) {
  OrderedJson back = OrderedJson::object();
  for (const Json& type : order) {
    if (!type.is_string()) continue;
    const OpenApiNode media = content.At(type.get<std::string>());
    if (media.IsThere()) back[type.get<std::string>()] = InOrder(media.value);
  }
  return back;
}

OrderedJson ResponsesBack(const OpenApiNode& operation, const Json& conditions) {
  OrderedJson responses = MapBack(conditions, "status");
  for (auto& [status, response] : responses.items()) {
    if (const auto headers = response.find("headers"); headers != response.end())
      *headers = MapBack(Json::parse(WriteJsonText(*headers)), "name");
    const auto order = response.find("content");
    if (order == response.end() || !order->is_array()) continue;
    const OpenApiNode content = operation.At("responses").At(status).At("content");
    response["content"] = ContentBack(content, Json::parse(WriteJsonText(*order)));
  }
  return responses;
}

}  // namespace

std::optional<Contract> ContractOfExport(OpenApiDocument& document, const OpenApiNode& operation,
                                         const std::string& method, const std::string& path) {
  const OpenApiNode extension = operation.At("x-conform");
  OrderedJson file = InOrder(extension.value);
  if (!file.is_object()) file = OrderedJson::object();
  const Json first = operation.At("servers").At("0").value;
  file["server"] = InOrder(MemberOf(first, "url"));
  file["method"] = method;
  if (!file.contains("path")) file["path"] = path;
  const Json parameters = ParametersBack(operation, MemberOf(extension.value, "keys"));
  file.erase("keys");
  if (!parameters.empty()) file["parameters"] = InOrder(parameters);
  if (const OpenApiNode body = operation.At("requestBody"); body.IsThere()) {
    const Json order = MemberOf(extension.value, "requestBody");
    file["requestBody"] = OrderedJson::object();
    if (body.value.contains("required"))
      file["requestBody"]["required"] = InOrder(body.value["required"]);
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
