#include "page/form_body.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/http_text.h"
#include "base/json_text.h"
#include "contract/media_range.h"
#include "contract/schema_sample.h"
#include "contract/spelling.h"
#include "page/plain_text.h"
#include "page/yaml_text.h"

namespace conform {
namespace {

using Json = nlohmann::json;

std::string MemberText(const Json& value) {
  return WithoutPlaceholders(value.is_string() ? value.get<std::string>() : WriteJsonText(value));
}

/// The media type that the document gives a member; empty: none.
std::string NamedTypeOf(const Json& schema) {
  const Json type = schema.is_object() ? schema.value("contentMediaType", Json()) : Json();
  const std::string named = type.is_string() ? SampleTypeOf(type.get<std::string>()) : "";
  return IsMediaType(named) ? named : "";
}

/// The media type of a member that is a file, or a list of them: of `format: binary` (OpenAPI 3.0),
/// or a text of a media type of its own (3.1). Empty where it is none.
std::string FileTypeOf(const Json& schema) {
  const auto of = [](const Json& each, const char* name) { return each.value(name, Json()); };
  if (!schema.is_object()) return "";
  if (of(schema, "type") == "array") return FileTypeOf(of(schema, "items"));
  const std::string own = NamedTypeOf(schema);
  if (of(schema, "format") == "binary") return own.empty() ? "application/octet-stream" : own;
  const Json kinds = of(schema, "type");
  const bool text =
      kinds.is_null() || kinds == "string" || (kinds.is_array() && kinds[0] == "string");
  return own.empty() || own == "text/plain" || IsJsonType(own) || !text ? "" : own;
}

/// Ends in `, `. Of a list of plain values each item is a part, unless it is named as JSON (OpenAPI
/// 3.0 §4.7.15, 3.1 §4.8.15).
std::string PartOf(const std::string& name, const Json& schema, const Json& value) {
  std::string part = fmt::format("{{name: {}", RenderYamlScalar(name, true));
  const std::string file_type = FileTypeOf(schema);
  if (!file_type.empty()) {
    return part +
           fmt::format(", filename: {}.bin, type: {}, text: {}}}, ",
                       RenderYamlScalar(SlugOf(name), true), RenderYamlScalar(file_type, true),
                       RenderYamlScalar(value.is_string() ? MemberText(value) : kMadeUpText, true));
  }
  const std::string type = NamedTypeOf(schema);
  const bool json = IsJsonType(type);
  const bool plain = std::none_of(value.begin(), value.end(),
                                  [](const Json& item) { return item.is_structured(); });
  if (value.is_array() && !value.empty() && plain && !json) {
    std::string parts;
    const Json items = schema.is_object() ? schema.value("items", Json()) : Json();
    for (const Json& item : value) parts += PartOf(name, items, item);
    return parts;
  }
  // A text that is JSON stands as it is.
  const bool written = value.is_string() && Json::accept(value.get<std::string>());
  if (value.is_structured() || (json && !written)) {
    return part + fmt::format(", json: {}, type: {}}}, ",
                              WithoutPlaceholders(RenderYamlFlow(value)),
                              RenderYamlScalar(json ? type : "application/json", true));
  }
  const bool typed = !type.empty() && type != "text/plain";
  return part + fmt::format(", text: {}{}}}, ", RenderYamlScalar(MemberText(value), true),
                            typed ? ", type: " + RenderYamlScalar(type, true) : "");
}

std::string MultipartBody(const Json& schema, const Json& given) {
  const Json members = MembersOf(schema);
  std::string parts;
  for (const auto& [name, member] : given.items()) {
    parts += PartOf(name, members.value(name, Json()), member);
  }
  parts.erase(parts.size() - std::string_view(", ").size());
  return "{multipart: [" + parts + "]}";
}

}  // namespace

std::string WithoutPlaceholders(std::string text) {
  for (std::size_t at = text.find("${"); at != std::string::npos; at = text.find("${", at)) {
    text.replace(at, 2, "{");
  }
  return text;
}

std::string RenderTextBody(const std::string& text) {
  return fmt::format("{{text: {}}}", RenderYamlScalar(WithoutPlaceholders(text), true));
}

std::string RenderFormBody(const MediaContent& content) {
  const bool multipart = content.media_type == kMultipartType;
  if (!multipart && content.example.is_string()) {
    return RenderTextBody(content.example.get<std::string>());
  }
  Json members = FormSampleOf(content);
  const std::string remark = members.empty() ? "  # made up: the document names no member" : "";
  if (members.empty()) members = {{"member1", "text"}};
  return (multipart ? MultipartBody(content.schema, members)
                    : RenderTextBody(ExampleText({content.media_type, nullptr, members}))) +
         remark;
}

}  // namespace conform
