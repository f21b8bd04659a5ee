#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"
#include "base/http_text.h"
#include "base/utf8.h"
#include "contract/media_range.h"
#include "contract/path_template.h"
#include "contract/schema_sample.h"
#include "contract/spelling.h"
#include "page/openapi_operation.h"
#include "page/openapi_schema.h"
#include "page/plain_text.h"

namespace conform {
namespace {

using Json = nlohmann::json;

/// The path item's parameters, and the operation's, which take the place of those of one name.
std::vector<OpenApiNode> ParametersOf(OpenApiDraft& draft) {
  std::vector<OpenApiNode> parameters;
  for (const OpenApiNode* owner : {&draft.path_item, &draft.operation}) {
    const OpenApiNode list = owner->At("parameters");
    for (std::size_t i = 0; i < (list.value.is_array() ? list.value.size() : 0); ++i) {
      const auto parameter = draft.document.Resolve(list.At(std::to_string(i)));
      if (!parameter) continue;
      const auto same =
          std::find_if(parameters.begin(), parameters.end(), [&](const OpenApiNode& each) {
            return each.Text("name") == parameter->Text("name") &&
                   each.Text("in") == parameter->Text("in");
          });
      if (same == parameters.end()) {
        parameters.push_back(*parameter);
      } else {
        *same = *parameter;
      }
    }
  }
  return parameters;
}

OpenApiNode SchemaNodeOf(OpenApiDraft& draft, const OpenApiNode& parameter) {
  const OpenApiNode content = parameter.At("content");
  if (!content.value.is_object() || content.value.empty()) return parameter.At("schema");
  draft.document.Warn(content, "a parameter whose value is a document of its own is not checked");
  return content.At("none");
}

/// Null where none is documented.
Json DocumentedExample(OpenApiDraft& draft, const OpenApiNode& parameter) {
  if (parameter.value.contains("example")) return parameter.value["example"];
  const OpenApiNode examples = parameter.At("examples");
  if (examples.value.is_object() && !examples.value.empty()) {
    const auto first = draft.document.Resolve(examples.At(examples.value.begin().key()));
    if (first && first->value.contains("value")) return first->value["value"];
  }
  return nullptr;
}

bool HasParameter(const OpenApiDraft& draft, const std::string& name) {
  return draft.contract.FindParameter(name) != nullptr;
}

/// The style that is meant where none is written (OpenAPI 3.1 §4.8.12.2.1).
bool IsUsualStyle(const std::string& style, Parameter::In in) {
  const bool simple = in == Parameter::In::kPath || in == Parameter::In::kHeader;
  return style.empty() || style == (simple ? "simple" : "form");
}

/// A documented value is what a case sends; it comes before the schema's own (OpenAPI 3.1
/// §4.8.12.2.1).
void KeepExample(const Json& example, Parameter& parameter) {
  if (example.is_null() || parameter.schema.is_boolean()) return;
  if (parameter.schema.is_null()) parameter.schema = Json::object();
  if (parameter.schema.empty() && !example.is_structured()) parameter.schema["type"] = "string";
  parameter.schema["example"] = example;
}

/// Of a style that is not the usual one, and of an object where each member is a parameter.
void WarnOfStyle(OpenApiDraft& draft, const OpenApiNode& node, const Parameter& parameter) {
  const std::string style = node.Text("style");
  const bool simple =
      parameter.in == Parameter::In::kPath || parameter.in == Parameter::In::kHeader;
  const bool usual = IsUsualStyle(style, parameter.in);
  const bool says = parameter.schema.is_object() && !parameter.schema.empty();
  const Json sample = says ? SampleOf(parameter.schema) : Json();
  const bool object = sample.is_object() && !sample.empty();
  if (usual && (simple || !parameter.required || !object)) return;
  draft.document.Warn(
      usual ? node : node.At("style"),
      fmt::format("{} is not written; a first case sends one value of it",
                  usual ? "an object as a parameter" : fmt::format("style '{}'", ShowLine(style))),
      "write into the case what the service takes");
}

void AddParameter(OpenApiDraft& draft, const OpenApiNode& node, Parameter::In in) {
  const bool in_path = in == Parameter::In::kPath;
  Parameter parameter;
  parameter.name = node.Text("name");
  parameter.in = in;
  parameter.required = in_path || MemberOf(node.value, "required") == true;
  const std::vector<std::string> placed = PlaceholdersOf(draft.contract.paths.front());
  const bool stands = std::find(placed.begin(), placed.end(), parameter.name) != placed.end();
  const bool named = in_path || in == Parameter::In::kQuery ? IsLineOfText(parameter.name)
                                                            : IsToken(parameter.name);
  if (!named || in_path != stands || HasParameter(draft, parameter.name)) {
    draft.document.Warn(node,
                        fmt::format("parameter '{}' is left out: {}", ShowLine(parameter.name),
                                    in_path && !stands ? "the path has no such name"
                                                       : "a contract cannot tell it apart"));
    return;
  }
  parameter.schema = SchemaOf(draft.document, SchemaNodeOf(draft, node), /*of_request=*/true);
  if (parameter.required) KeepExample(DocumentedExample(draft, node), parameter);
  WarnOfStyle(draft, node, parameter);
  const bool refusable = !in_path && parameter.required;
  draft.AddClause(
      {"parameter." + SnakeCase(parameter.name), "parameters." + parameter.name, Binds::kService,
       fmt::format("The {} parameter {} {}.", NameOf(in), parameter.name,
                   in_path              ? "names what is meant"
                   : parameter.required ? "is required"
                                        : "may be sent"),
       refusable ? "" : "A call without it, or with another value, breaks nothing."},
      node);
  draft.contract.parameters.push_back(std::move(parameter));
}

/// Header fields that other parts of the document tell (OpenAPI 3.1 §4.8.12.1).
bool IsSaidElsewhere(const std::string& name) {
  const std::string lower = ToLower(name);
  return lower == "accept" || lower == "content-type" || lower == "authorization";
}

/// The media types that a form's members are sent as are said beside its schema (OpenAPI 3.1
/// §4.8.15).
void AddEncoding(const OpenApiNode& encoding, Json& schema) {
  if (!encoding.value.is_object() || !schema.is_object()) return;
  if (schema.contains("allOf")) {
    for (Json& part : schema["allOf"]) AddEncoding(encoding, part);
  }
  if (!schema.contains("properties")) return;
  for (auto& [name, member] : schema["properties"].items()) {
    const std::string types = encoding.At(name).Text("contentType");
    const std::string first(WithoutParameters(types.substr(0, types.find(','))));
    if (member.is_object() && IsMediaType(first)) member["contentMediaType"] = first;
  }
}

void AddBody(OpenApiDraft& draft) {
  const OpenApiNode written = draft.operation.At("requestBody");
  if (!written.IsThere()) {
    draft.AddClause({"body", "requestBody", Binds::kClient, "The client sends no body."},
                    draft.operation, "none");
    return;
  }
  const auto body = draft.document.Resolve(written);
  if (!body) {
    draft.AddClause({"body", "requestBody", Binds::kClient,
                     "The client sends a body that is described nowhere."},
                    written);
    return;
  }
  RequestBodyRule& rule = draft.contract.request_body;
  rule.content = ReadOpenApiContent(draft.document, body->At("content"), /*of_request=*/true);
  rule.none = rule.content.empty();
  rule.required = MemberOf(body->value, "required") == true;
  draft.AddClause({"body", "requestBody", Binds::kClient,
                   rule.none       ? "The client sends no body."
                   : rule.required ? "The client sends the documented body."
                                   : "The client may send the documented body."},
                  *body);
}

}  // namespace

std::vector<MediaContent> ReadOpenApiContent(OpenApiDocument& document, const OpenApiNode& content,
                                             bool of_request) {
  std::vector<MediaContent> contents;
  const Json types = content.value.is_object() ? content.value : Json::object();
  for (const auto& [type, value] : types.items()) {
    MediaContent media;
    media.media_type = std::string(WithoutParameters(type));
    const OpenApiNode node = content.At(type);
    const bool known = std::any_of(contents.begin(), contents.end(), [&](const MediaContent& each) {
      return each.media_type == media.media_type;
    });
    // What is sent has one type; what comes may be promised as a range.
    const bool is_range = media.media_type.find('*') != std::string::npos;
    if (!IsMediaType(media.media_type) || known ||
        (is_range && (of_request || !IsRange(media.media_type)))) {
      document.Warn(node, fmt::format("media type '{}' is left out: a contract names each by "
                                      "itself, without parameters",
                                      ShowLine(type)));
      continue;
    }
    media.schema = SchemaOf(document, node.At("schema"), of_request);
    if (of_request) AddEncoding(node.At("encoding"), media.schema);
    media.example = MemberOf(node.value, "example");
    const OpenApiNode examples = node.At("examples");
    if (media.example.is_null() && examples.value.is_object() && !examples.value.empty()) {
      const auto first = document.Resolve(examples.At(examples.value.begin().key()));
      if (first) media.example = MemberOf(first->value, "value");
    }
    if (media.example.is_null() && media.schema.is_object()) {
      media.example = MemberOf(media.schema, "example");
    }
    contents.push_back(std::move(media));
  }
  // A JSON body is what cases are written with, and the mock answers with the first.
  std::stable_partition(contents.begin(), contents.end(),
                        [](const MediaContent& each) { return !IsRange(each.media_type); });
  std::stable_partition(contents.begin(), contents.end(),
                        [](const MediaContent& each) { return each.media_type.ends_with("json"); });
  return contents;
}

void AddOpenApiRequest(OpenApiDraft& draft) {
  constexpr Parameter::In kPlaces[] = {Parameter::In::kPath, Parameter::In::kQuery,
                                       Parameter::In::kHeader, Parameter::In::kCookie};
  for (const OpenApiNode& parameter : ParametersOf(draft)) {
    const std::string in = parameter.Text("in");
    const auto place = std::find_if(std::begin(kPlaces), std::end(kPlaces),
                                    [&](Parameter::In each) { return NameOf(each) == in; });
    if (place == std::end(kPlaces)) {
      draft.document.Warn(parameter,
                          fmt::format("a parameter in '{}' is not supported", ShowLine(in)));
    } else if (*place != Parameter::In::kHeader || !IsSaidElsewhere(parameter.Text("name"))) {
      AddParameter(draft, parameter, *place);
    }
  }
  for (const std::string& name : PlaceholdersOf(draft.contract.paths.front())) {
    if (HasParameter(draft, name)) continue;
    draft.document.Warn(draft.path_item,
                        fmt::format("path parameter '{}' is described nowhere", name));
    draft.contract.parameters.push_back({name, Parameter::In::kPath, true, nullptr});
    draft.AddClause({"parameter." + SnakeCase(name), "parameters." + name, Binds::kService,
                     fmt::format("The path parameter {} names what is meant.", name),
                     "A call without it is a call of another address."},
                    draft.path_item, name);
  }
  AddBody(draft);
}

}  // namespace conform
