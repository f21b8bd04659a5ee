#include "case/expectation_loader.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include "base/nearest_name.h"
#include "case/beside_file.h"
#include "case/unresolved_text.h"
#include "contract/pattern.h"
#include "contract/schema_loader.h"
#include "contract/status_set.h"

namespace conform {
namespace {

using Subject = Expectation::Subject;

void LoadStatus(const YamlEntry& entry, const CaseContext& context, Step& step) {
  Expectation expectation;
  expectation.subject = Subject::kStatus;
  expectation.span = BlameSpan(entry);
  const auto add = [&](const YamlNode& node) {
    StatusSet set;
    const bool placeholder = node.scalar.find("${") != std::string::npos;
    if (node.kind != YamlNode::Kind::kScalar || (!placeholder && !set.Add(node.scalar))) {
      context.Complain(
          node.kind == YamlNode::Kind::kNull ? expectation.span : node.span,
          node.kind == YamlNode::Kind::kScalar
              ? fmt::format("'{}' is no status", node.scalar)
              : fmt::format("'status' must be a number, a class or a list of them, not {}",
                            DescribeKind(node)),
          "write a number from 100 to 599, a class such as 4xx, or a list of them");
      return;
    }
    context.CheckText(node.scalar, node.span);
    expectation.statuses.push_back({node.scalar, node.span});
  };
  if (entry.value.kind == YamlNode::Kind::kSequence && !entry.value.items.empty()) {
    for (const YamlNode& item : entry.value.items) add(item);
  } else {
    add(entry.value);
  }
  step.expectations.push_back(std::move(expectation));
}

std::shared_ptr<const re2::RE2> LoadPattern(const std::string& pattern, const Span& span,
                                            const CaseContext& context) {
  RefuseInPattern(pattern, span, context);
  auto compiled = std::make_shared<re2::RE2>(pattern, PatternOptions());
  if (!compiled->ok()) {
    context.Complain(span,
                     fmt::format("the pattern is no regular expression: {}", compiled->error()),
                     "patterns are RE2: no back-references, no look-around");
  }
  return compiled;
}

ValueRule LoadLiteral(const YamlEntry& entry, bool text_only, const CaseContext& context) {
  ValueRule rule;
  rule.kind = ValueRule::Kind::kEquals;
  if (text_only) {
    rule.equals = context.ReadText(entry).text;
  } else {
    rule.equals = context.ReadJson(entry.value);
  }
  return rule;
}

void LoadUnordered(const YamlEntry& entry, const CaseContext& context, ValueRule& rule) {
  rule.kind = ValueRule::Kind::kUnordered;
  rule.equals = context.ReadJson(entry.value);
  if (entry.value.kind == YamlNode::Kind::kSequence) return;
  context.Complain(BlameSpan(entry),
                   fmt::format("'unordered' must be a list, not {}", DescribeKind(entry.value)));
}

/// A mapping with one of these keys is a rule; any other is a literal where one may stand.
bool IsRule(const YamlNode& value, bool text_only) {
  if (value.kind != YamlNode::Kind::kMapping) return false;
  if (text_only || value.Find("matches") != nullptr || value.Find("exists") != nullptr) return true;
  return value.entries.size() == 1 && value.entries.front().key == "unordered";
}

/// `{exist: true}` is an object that no answer will have.
void WarnOfNearRule(const YamlEntry& entry, const CaseContext& context) {
  if (entry.value.kind != YamlNode::Kind::kMapping || entry.value.entries.size() != 1) return;
  const YamlEntry& only = entry.value.entries.front();
  const std::string near = DidYouMean(only.key, {"matches", "exists", "unordered"});
  if (near.empty()) return;
  context.Warn(
      only.key_span,
      fmt::format("'{}' makes this an object that the value must equal, not a rule", only.key),
      near);
}

ValueRule LoadRule(const YamlEntry& entry, bool text_only, const CaseContext& context) {
  if (!IsRule(entry.value, text_only)) {
    if (!text_only) WarnOfNearRule(entry, context);
    return LoadLiteral(entry, text_only, context);
  }
  ValueRule rule;
  MapReader reader(context, entry.value, fmt::format("'{}'", entry.key), BlameSpan(entry));
  const std::optional<bool> exists = reader.Bool("exists");
  const std::optional<std::string> matches = reader.Text("matches");
  const YamlEntry* unordered = text_only ? nullptr : reader.Find("unordered");
  reader.Finish();
  if (exists) rule.kind = *exists ? ValueRule::Kind::kExists : ValueRule::Kind::kAbsent;
  if (matches) {
    rule.kind = ValueRule::Kind::kMatches;
    rule.pattern = LoadPattern(*matches, entry.value.Find("matches")->span, context);
  }
  if (unordered != nullptr) LoadUnordered(*unordered, context, rule);
  if (int{exists.has_value()} + int{matches.has_value()} + int{unordered != nullptr} != 1) {
    context.Complain(BlameSpan(entry),
                     fmt::format("'{}' must have exactly one of {}", entry.key,
                                 text_only ? "matches or exists" : "matches, exists or unordered"));
  }
  return rule;
}

/// Else its author would take for judged what is not.
void ComplainOfNothing(const YamlEntry& entry, const CaseContext& context) {
  context.Complain(BlameSpan(entry), fmt::format("'{}' expects nothing", entry.key),
                   "name what is expected, or leave the key out");
}

void AddRule(const YamlEntry& entry, Subject subject, const std::string& name, bool text_only,
             const CaseContext& context, Step& step) {
  Expectation expectation;
  expectation.subject = subject;
  expectation.name = name;
  expectation.value = LoadRule(entry, text_only, context);
  expectation.span = BlameSpan(entry);
  step.expectations.push_back(std::move(expectation));
}

void LoadRules(const YamlEntry& entry, Subject subject, bool text_only, const CaseContext& context,
               Step& step) {
  if (entry.value.kind != YamlNode::Kind::kMapping) {
    context.Complain(BlameSpan(entry), fmt::format("'{}' must be a mapping, not {}", entry.key,
                                                   DescribeKind(entry.value)));
    return;
  }
  if (entry.value.entries.empty()) ComplainOfNothing(entry, context);
  for (const YamlEntry& item : entry.value.entries) {
    const bool of_all = item.key.empty();
    if (subject == Subject::kBodyJson && !of_all) context.CheckPointer(item.key, item.key_span);
    if (subject == Subject::kHeader) context.CheckFieldName(item.key, item.key_span);
    if (subject == Subject::kErrorMember) RefuseInName(item.key, item.key_span, context);
    AddRule(item, subject, item.key, text_only, context, step);
  }
}

/// A schema stands in the contract, in the case, or in a YAML or JSON file beside it.
void LoadSchema(const YamlEntry& entry, const CaseContext& context, Step& step) {
  Expectation expectation;
  expectation.subject = Subject::kBodySchema;
  expectation.span = entry.key_span;
  nlohmann::json schema;
  if (entry.value.kind == YamlNode::Kind::kScalar && entry.value.scalar == "contract") {
    expectation.subject = Subject::kContractSchema;
    step.expectations.push_back(std::move(expectation));
    return;
  }
  if (entry.value.kind == YamlNode::Kind::kScalar) {
    const auto file = LoadBeside({entry.value.scalar, entry.value.span}, context);
    if (file == nullptr) return;
    const auto root = ParseYaml(*file, context.diagnostics);
    if (!root) return;
    RefuseInSchema(*root, &entry.value.span, context);
    schema = ToJson(*root);
  } else {
    RefuseInSchema(entry.value, nullptr, context);
    schema = ToJson(entry.value);
  }
  if (schema.is_object() && schema.empty()) return ComplainOfNothing(entry, context);
  expectation.schema = CompileSchema(std::move(schema), BlameSpan(entry), context);
  if (expectation.schema == nullptr) return;
  step.expectations.push_back(std::move(expectation));
}

void LoadClosed(MapReader& reader, const CaseContext& context, Step& step) {
  const bool closed = reader.Bool("closed").value_or(false);
  const YamlEntry* entry = reader.Find("closed");
  if (!closed) return;
  Expectation expectation;
  expectation.subject = Subject::kClosedBody;
  expectation.span = entry->key_span;
  for (const Expectation& each : step.expectations) {
    if (each.subject == Subject::kBodyJson) expectation.documented.push_back(each.name);
  }
  if (expectation.documented.empty()) {
    context.Complain(entry->key_span, "'closed' stands without 'json'",
                     "it judges the members that json: does not name");
  }
  step.expectations.push_back(std::move(expectation));
}

void LoadBodyExpectations(const YamlEntry& entry, const CaseContext& context, Step& step) {
  if (entry.value.kind == YamlNode::Kind::kScalar && entry.value.scalar == "none") {
    Expectation expectation;
    expectation.subject = Subject::kNoBody;
    expectation.span = entry.value.span;
    step.expectations.push_back(std::move(expectation));
    return;
  }
  if (entry.value.kind != YamlNode::Kind::kMapping) {
    context.Complain(
        BlameSpan(entry),
        fmt::format("'body' must be none or a mapping, not {}", DescribeKind(entry.value)),
        "write none, {json: {/pointer: …}}, {text: …}, {schema: …} or {error: {code: …}}");
    return;
  }
  if (entry.value.entries.empty()) ComplainOfNothing(entry, context);
  MapReader reader(context, entry.value, "body", BlameSpan(entry));
  if (const YamlEntry* json = reader.Find("json")) {
    LoadRules(*json, Subject::kBodyJson, false, context, step);
  }
  if (const YamlEntry* text = reader.Find("text")) {
    AddRule(*text, Subject::kBodyText, "", true, context, step);
  }
  if (const YamlEntry* error = reader.Find("error")) {
    LoadRules(*error, Subject::kErrorMember, true, context, step);
  }
  if (const YamlEntry* schema = reader.Find("schema")) LoadSchema(*schema, context, step);
  LoadClosed(reader, context, step);
  reader.Finish();
}

bool IsObservable(std::string_view name) {
  const auto is_in = [name](std::string_view part) {
    return name.starts_with(part) && name.size() > part.size();
  };
  return name == "status" || name == "duration" || is_in("headers.") || is_in("body.");
}

void LoadObserve(const YamlEntry& entry, const CaseContext& context, Step& step) {
  if (entry.value.kind != YamlNode::Kind::kSequence) {
    context.Complain(BlameSpan(entry), fmt::format("'observe' must be a list of names, not {}",
                                                   DescribeKind(entry.value)));
    return;
  }
  for (const YamlNode& item : entry.value.items) {
    if (item.kind != YamlNode::Kind::kScalar || !IsObservable(item.scalar)) {
      const bool text = item.kind == YamlNode::Kind::kScalar;
      context.Complain(item.span,
                       fmt::format("'{}' cannot be observed",
                                   text ? item.scalar : std::string(DescribeKind(item))),
                       "name status, duration, headers.NAME or body.MEMBER");
      continue;
    }
    constexpr std::string_view kHeaders = "headers.";
    if (item.scalar.starts_with(kHeaders)) {
      context.CheckFieldName(item.scalar.substr(kHeaders.size()), item.span);
    } else {
      RefuseInName(item.scalar, item.span, context);
    }
    step.observe.push_back(item.scalar);
  }
}

}  // namespace

ValueRule LoadValueRule(const YamlEntry& entry, const CaseContext& context) {
  return LoadRule(entry, false, context);
}

void LoadResponse(const YamlEntry& entry, const CaseContext& context, Step& step) {
  MapReader reader(context, entry.value, "response", BlameSpan(entry));
  if (!reader.valid()) return;
  if (const YamlEntry* status = reader.Find("status")) LoadStatus(*status, context, step);
  if (const YamlEntry* headers = reader.Find("headers")) {
    LoadRules(*headers, Subject::kHeader, true, context, step);
  }
  if (const YamlEntry* body = reader.Find("body")) LoadBodyExpectations(*body, context, step);
  if (const YamlEntry* observe = reader.Find("observe")) LoadObserve(*observe, context, step);
  reader.Finish();
  step.expectations.shrink_to_fit();  // kept as long as the run
  const bool expects = !step.expectations.empty();
  if (expects && step.expectations.front().subject != Subject::kStatus) {
    context.Complain(entry.key_span, "'status' is missing from response",
                     "an expectation needs the status it goes with");
  }
  if (!expects && step.observe.empty()) {
    context.Complain(BlameSpan(entry), "response expects nothing and observes nothing");
  }
}

}  // namespace conform
