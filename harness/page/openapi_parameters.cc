#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/ascii.h"
#include "base/http_text.h"
#include "base/utf8.h"
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

/// That a parameter or its content has beside its schema; null where it has none.
Json ShownValue(OpenApiDraft& draft, const OpenApiNode& parameter) {
  if (parameter.value.contains("example")) return parameter.value["example"];
  const OpenApiNode examples = parameter.At("examples");
  if (examples.value.is_object() && !examples.value.empty()) {
    const auto first = draft.document.Resolve(examples.At(examples.value.begin().key()));
    if (first && first->value.contains("value")) return first->value["value"];
  }
  return nullptr;
}

/// A document of its own as it is sent, by its example, else by its schema.
Json DocumentOf(OpenApiDraft& draft, const OpenApiNode& content) {
  const std::string type = content.value.begin().key();
  const OpenApiNode media = content.At(type);
  const MediaContent shown{type, SchemaOf(draft.document, media.At("schema"), /*of_request=*/true),
                           ShownValue(draft, media)};
  if (shown.schema.is_null() && shown.example.is_null()) return nullptr;
  return ExampleText(shown);
}

/// Null where none is documented.
Json DocumentedExample(OpenApiDraft& draft, const OpenApiNode& parameter) {
  const OpenApiNode content = parameter.At("content");
  if (content.value.is_object() && !content.value.empty()) return DocumentOf(draft, content);
  return ShownValue(draft, parameter);
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
  const bool object =
      sample.is_object() && (!sample.empty() || MemberOf(parameter.schema, "type") == "object");
  if (usual && (simple || !parameter.required || !object)) return;
  draft.document.Warn(
      usual ? node : node.At("style"),
      fmt::format("{} is not written; a first case sends one value of it",
                  usual ? "an object as a parameter" : fmt::format("style '{}'", ShowLine(style))),
      "write into the case what the service takes");
}

/// An object of the query whose members are the parameters.
struct SpreadObject {
  OpenApiNode node;
  Parameter whole;
  Json example;  ///< that the document shows; null where it shows none.
};

/// Style form, exploded, as where nothing else is written (OpenAPI 3.1 §4.8.12.2.1).
bool IsSpread(const OpenApiNode& node, const Parameter& parameter, const Json& example) {
  if (parameter.in != Parameter::In::kQuery || MemberOf(node.value, "explode") == false)
    return false;
  if (!IsUsualStyle(node.Text("style"), parameter.in) || !parameter.schema.is_object())
    return false;
  const bool says = MemberOf(parameter.schema, "type") == "object" || example.is_object() ||
                    !MembersOf(parameter.schema).empty();
  return says && SampleOf(parameter.schema).is_object();
}

/// Adds to `names` what a schema and all parts of its `allOf` require.
void CollectRequired(const Json& schema, std::set<std::string>& names) {
  for (const Json& name : MemberOf(schema, "required")) {
    if (name.is_string()) names.insert(name.get<std::string>());
  }
  for (const Json& part : MemberOf(schema, "allOf")) CollectRequired(part, names);
}

/// What is said of the parameter, and where.
void AddTold(OpenApiDraft& draft, const OpenApiNode& node, Parameter parameter,
             const Json& fact = nullptr) {
  WarnOfStyle(draft, node, parameter);
  const bool in_path = parameter.in == Parameter::In::kPath;
  const bool refusable = !in_path && parameter.required;
  draft.AddClause(
      {"parameter." + SnakeCase(parameter.name), "parameters." + parameter.name, Binds::kService,
       fmt::format("The {} parameter {} {}.", NameOf(parameter.in), parameter.name,
                   in_path              ? "names what is meant"
                   : parameter.required ? "is required"
                                        : "may be sent"),
       refusable ? "" : "A call without it, or with another value, breaks nothing."},
      node, fact);
  draft.contract.parameters.push_back(std::move(parameter));
}

/// Which of them a call needs is said only where the object requires one.
void AddMembers(OpenApiDraft& draft, const SpreadObject& spread) {
  Json members = MembersOf(spread.whole.schema);
  if (spread.example.is_object()) {
    for (const auto& [name, value] : spread.example.items()) members.emplace(name, nullptr);
  }
  std::set<std::string> required;
  if (spread.whole.required) CollectRequired(spread.whole.schema, required);
  bool any = false;
  for (const auto& [name, schema] : members.items()) {
    any = any || required.contains(name);
    const Parameter* taken = draft.contract.FindParameter(name);
    if (!IsLineOfText(name) || taken != nullptr) {
      // What stands in the query by itself is described there.
      if (taken != nullptr && taken->in == Parameter::In::kQuery) continue;
      draft.document.Warn(spread.node,
                          fmt::format("member '{}' of parameter '{}' is left out: a contract "
                                      "cannot tell it apart",
                                      ShowLine(name), ShowLine(spread.whole.name)));
      continue;
    }
    Parameter member{name, Parameter::In::kQuery, required.contains(name), schema};
    const Json shown = MemberOf(spread.example, name);
    if (member.required) KeepExample(shown, member);
    AddTold(draft, spread.node, std::move(member), {{name, schema}});
  }
  if (any || !spread.whole.required) return;
  draft.document.Warn(spread.node,
                      fmt::format("the members of '{}' are the parameters, and none of them is "
                                  "required; a first case sends none",
                                  ShowLine(spread.whole.name)),
                      "write into the case what the service takes");
}

/// Adds it, or notes in `spread` what is added once all others are.
void AddWritten(OpenApiDraft& draft, const OpenApiNode& node, Parameter::In in,
                std::vector<SpreadObject>& spread) {
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
  const Json example = DocumentedExample(draft, node);
  if (IsSpread(node, parameter, example)) {
    spread.push_back({node, std::move(parameter), example});
    return;
  }
  if (parameter.required) KeepExample(example, parameter);
  AddTold(draft, node, std::move(parameter));
}

/// Header fields that other parts of the document tell (OpenAPI 3.1 §4.8.12.1).
bool IsSaidElsewhere(const std::string& name) {
  const std::string lower = ToLower(name);
  return lower == "accept" || lower == "content-type" || lower == "authorization";
}

/// Header fields that carry a message whatever it says (RFC 9110 §7.2, §7.6.1, §8.6, §10.1.1; RFC
/// 9112 §6.1), and the one that holds all cookies. A made-up value would spoil the message, and
/// none can be left out to see it refused.
bool IsOfTheMessage(const std::string& name) {
  constexpr std::string_view kFields[] = {
      "connection", "content-length",    "cookie",           "expect",
      "host",       "keep-alive",        "proxy-connection", "te",
      "trailer",    "transfer-encoding", "upgrade"};
  return std::find(std::begin(kFields), std::end(kFields), ToLower(name)) != std::end(kFields);
}

}  // namespace

void AddOpenApiParameters(OpenApiDraft& draft) {
  constexpr Parameter::In kPlaces[] = {Parameter::In::kPath, Parameter::In::kQuery,
                                       Parameter::In::kHeader, Parameter::In::kCookie};
  std::vector<SpreadObject> spread;
  for (const OpenApiNode& parameter : ParametersOf(draft)) {
    const std::string in = parameter.Text("in");
    const auto place = std::find_if(std::begin(kPlaces), std::end(kPlaces),
                                    [&](Parameter::In each) { return NameOf(each) == in; });
    if (place == std::end(kPlaces)) {
      draft.document.Warn(parameter,
                          fmt::format("a parameter in '{}' is not supported", ShowLine(in)));
    } else if (*place == Parameter::In::kHeader && IsOfTheMessage(parameter.Text("name"))) {
      draft.document.Warn(parameter,
                          fmt::format("parameter '{}' is left out: the field carries the message",
                                      ShowLine(parameter.Text("name"))),
                          "where it is what is tried, write it into the headers: of a case");
    } else if (*place != Parameter::In::kHeader || !IsSaidElsewhere(parameter.Text("name"))) {
      AddWritten(draft, parameter, *place, spread);
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
  for (const SpreadObject& each : spread) AddMembers(draft, each);
}

}  // namespace conform
