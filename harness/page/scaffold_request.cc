#include "page/scaffold_request.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "base/ascii.h"
#include "base/http_text.h"
#include "base/percent.h"
#include "base/utf8.h"
#include "contract/media_range.h"
#include "contract/path_template.h"
#include "contract/schema_sample.h"
#include "page/form_body.h"
#include "page/plain_text.h"
#include "page/yaml_text.h"

namespace conform {
namespace {

using Json = nlohmann::json;
using Pairs = std::vector<std::pair<std::string, std::string>>;

constexpr std::string_view kTokenText = "${token}";

std::string Segment(const std::string& segment, const std::string& given) {
  const bool usable = !given.empty() && given.find_first_of("{}") == std::string::npos;
  const std::vector<std::string> names = PlaceholdersOf(segment);
  if (usable || names.empty()) return names.empty() ? segment : given;
  std::string filled = segment;
  for (const std::string& name : names) {
    const std::string braced = "{" + name + "}";
    filled.replace(filled.find(braced), braced.size(), "some-" + SlugOf(name));
  }
  return filled;
}

/// A text that the document shows stands as it is; an object or a list is JSON, as in lines of it.
std::string TextToSend(const MediaContent& content) {
  const Json shown = !content.example.is_null() ? content.example : SampleOf(content.schema);
  const bool told = !content.example.is_null() ||
                    (shown.is_structured() ? !shown.empty() : !shown.is_null() && shown != "text");
  return told ? ExampleText(content) : std::string(kMadeUpText);
}

/// Whether a document says anything of what stands in the content.
bool NamesContent(const Json& schema) {
  return !MembersOf(schema).empty() || SampleOf(schema) != Json::object();
}

}  // namespace

ScaffoldRequest::ScaffoldRequest(const Contract& contract, const std::string& example)
    : contract_(contract), example_(ReadDocumentedLine(contract.method + " " + example)) {}

std::string ScaffoldRequest::Render(const RequestChange& change) const {
  const std::string path = contract_.ServerPath() + (IsDescribed() ? DescribedPath() : PagePath());
  std::string text = fmt::format("request:\n  method: {}\n  path: {}{}\n", contract_.method,
                                 RenderYamlScalar(path), PathRemark());
  AppendQuery(change, text);
  AppendHeaders(change, text);
  return text + fmt::format("  body: {}\n", Body(change));
}

/// The example's own values where it is of this path.
std::string ScaffoldRequest::PagePath() const {
  std::string path = contract_.paths.front();
  std::string given = example_ ? example_->path : "";
  if (!MatchesPath(path, given)) given.clear();
  std::string filled;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/', 1), path.size());
    const std::size_t given_end = std::min(given.find('/', given.empty() ? 0 : 1), given.size());
    filled += Segment(path.substr(0, end), given.substr(0, given_end));
    path.erase(0, end);
    given.erase(0, given_end);
  }
  return filled;
}

std::string ScaffoldRequest::DescribedPath() const {
  std::string path = contract_.paths.front();
  for (const std::string& name : PlaceholdersOf(path)) {
    const Parameter* parameter = contract_.FindParameter(name);
    const bool told = parameter != nullptr && parameter->schema.is_object();
    const std::string value = told ? SampleText(*parameter) : "";
    const std::string braced = "{" + name + "}";
    path.replace(path.find(braced), braced.size(),
                 value.empty() ? "some-" + SlugOf(name) : EncodePercent(value, kSegmentMarks));
  }
  return path;
}

/// Of an API description's path: which values of it are made up, so that a service has no such
/// item.
std::string ScaffoldRequest::PathRemark() const {
  if (!IsDescribed()) return "";
  std::set<std::string> made_up;
  for (const Parameter& each : contract_.parameters) {
    if (each.in != Parameter::In::kPath) continue;
    const auto told = [&](const char* name) { return each.schema.contains(name); };
    if (!told("example") && !told("const") && !told("default") && !told("enum")) {
      made_up.insert(each.name);
    }
  }
  if (made_up.empty()) return "";
  return fmt::format("  # {}: made up; name what the service has",
                     ShowLine(fmt::format("{}", fmt::join(made_up, ", "))));
}

bool ScaffoldRequest::IsSent(const Parameter& parameter, const RequestChange& change) const {
  if (!parameter.required || parameter.name == change.left_out) return false;
  return !parameter.key || change.token;
}

std::string ScaffoldRequest::QueryValue(const Parameter& parameter) const {
  if (parameter.key) return std::string(kTokenText);
  if (IsDescribed()) return WithoutPlaceholders(SampleText(parameter));
  for (const auto& [name, shown] : example_ ? example_->query : Pairs{}) {
    const bool plain = !shown.empty() && shown.find_first_of("{}<>% ") == std::string::npos;
    if (name == parameter.name && plain) return WithoutPlaceholders(shown);
  }
  return "value";
}

std::string ScaffoldRequest::FieldValue(const Parameter& parameter,
                                        const RequestChange& change) const {
  if (parameter.key) return std::string(kTokenText);
  const bool condition = ToLower(parameter.name) == "if-match";
  if (condition && !change.if_match.empty()) return change.if_match;
  const bool told = parameter.schema.is_object() && !parameter.schema.empty();
  if (condition && !(told && parameter.schema.contains("example"))) return "*";
  const std::string text = WithoutPlaceholders(SampleText(parameter));
  return text.find_first_of("\r\n") == std::string::npos && !text.empty() ? text : "text";
}

void ScaffoldRequest::AppendQuery(const RequestChange& change, std::string& text) const {
  Json query = Json::object();
  for (const Parameter& parameter : contract_.parameters) {
    if (parameter.in == Parameter::In::kQuery && IsSent(parameter, change))
      query[parameter.name] = QueryValue(parameter);
  }
  if (!query.empty()) text += RenderYamlEntry("query", query, 2);
}

std::string ScaffoldRequest::MediaType(const RequestChange& change) const {
  if (!change.media_type.empty()) return change.media_type;
  if (!SendsContent()) return "";
  return contract_.request_body.content.front().media_type;
}

void ScaffoldRequest::AppendHeaders(const RequestChange& change, std::string& text) const {
  std::string lines;
  const auto add = [&lines](std::string_view name, std::string_view value) {
    lines += fmt::format("    {}: {}\n", RenderYamlScalar(name), RenderYamlScalar(value));
  };
  bool typed = false;
  const std::string type = MediaType(change);
  // A multipart's type bears its boundary, which the run adds.
  const bool own_type = type == kMultipartType;
  for (const HeaderRule& rule : contract_.headers) {
    if (rule.name == "Authorization") {
      if (change.token) add(rule.name, fmt::format("{} {}", contract_.Scheme(), kTokenText));
    } else if (rule.name == "Content-Type") {
      if (type.empty() || own_type || (rule.value.empty() && !rule.required)) continue;
      typed = true;
      add(rule.name, type);
    } else if (!rule.value.empty() || rule.required) {
      add(rule.name, rule.value.empty() ? "*" : WithoutPlaceholders(rule.value));
    }
  }
  const auto& answer = contract_.Success().content;
  if (IsDescribed() && !answer.empty() && IsRange(answer.front().media_type) &&
      PromisesJson(answer.front()) && contract_.FindHeader("Accept") == nullptr) {
    add("Accept", "application/json");  // So the schema holds whatever else there may be.
  }
  std::string cookies;
  for (const Parameter& parameter : contract_.parameters) {
    if (!IsSent(parameter, change)) continue;
    const std::string value = FieldValue(parameter, change);
    if (parameter.in == Parameter::In::kHeader) add(parameter.name, value);
    if (parameter.in == Parameter::In::kCookie)
      cookies += fmt::format("{}{}={}", cookies.empty() ? "" : "; ", parameter.name, value);
  }
  if (!cookies.empty()) add("Cookie", cookies);
  if (!type.empty() && !typed && !own_type) add("Content-Type", type);
  if (!lines.empty()) text += "  headers:\n" + lines;
}

/// What is optional is left out where the document names nothing in it, and where content has no
/// meaning (RFC 9110 §9.3.1); what it shows is sent.
bool ScaffoldRequest::SendsContent() const {
  const RequestBodyRule& rule = contract_.request_body;
  if (rule.none) return false;
  const MediaContent& content = rule.content.front();
  if (rule.required || !IsDescribed() || !content.example.is_null()) return true;
  return !IsSafeMethod(contract_.method) && NamesContent(content.schema);
}

std::string ScaffoldRequest::Body(const RequestChange& change) const {
  if (!change.media_type.empty()) return RenderTextBody(std::string(kMadeUpText));
  if (!SendsContent()) return "none";
  const MediaContent& content = contract_.request_body.content.front();
  if (content.media_type == kMultipartType || content.media_type == kFormType) {
    return RenderFormBody(content);
  }
  if (!IsJsonType(content.media_type)) return RenderTextBody(TextToSend(content));
  const Json example = !content.example.is_null() ? content.example
                       : IsDescribed()            ? SampleOf(content.schema)
                                                  : Json::object();
  return "{json: " + WithoutPlaceholders(RenderYamlFlow(example)) + "}";
}

}  // namespace conform
