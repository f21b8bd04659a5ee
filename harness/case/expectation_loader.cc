#include "case/expectation_loader.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include "contract/status_set.h"

namespace conform {
namespace {

using Subject = Expectation::Subject;

/// Enough for any pattern a person writes; RE2 refuses what would need more.
constexpr int kPatternMemory = 1 << 20;

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

ValueRule LoadRule(const YamlEntry& entry, bool text_only, const CaseContext& context) {
  ValueRule rule;
  const bool mapping = entry.value.kind == YamlNode::Kind::kMapping;
  const bool is_rule = mapping && (text_only || entry.value.Find("matches") != nullptr ||
                                   entry.value.Find("exists") != nullptr);
  if (!is_rule) {
    context.CheckTexts(entry.value);
    rule.kind = ValueRule::Kind::kEquals;
    if (text_only) {
      rule.equals = context.ReadText(entry).text;
    } else {
      rule.equals = ToJson(entry.value);
    }
    return rule;
  }
  MapReader reader(context, entry.value, fmt::format("'{}'", entry.key), BlameSpan(entry));
  const std::optional<bool> exists = reader.Bool("exists");
  const std::optional<std::string> matches = reader.Text("matches");
  reader.Finish();
  if (exists) rule.kind = *exists ? ValueRule::Kind::kExists : ValueRule::Kind::kAbsent;
  if (matches) {
    rule.kind = ValueRule::Kind::kMatches;
    re2::RE2::Options options(re2::RE2::Quiet);
    options.set_max_mem(kPatternMemory);
    rule.pattern = std::make_shared<re2::RE2>(*matches, options);
    if (!rule.pattern->ok()) {
      context.Complain(
          entry.value.Find("matches")->span,
          fmt::format("the pattern is no regular expression: {}", rule.pattern->error()),
          "patterns are RE2: no back-references, no look-around");
    }
  }
  if (exists.has_value() == matches.has_value()) {
    context.Complain(BlameSpan(entry),
                     fmt::format("'{}' must have exactly one of matches or exists", entry.key));
  }
  return rule;
}

void LoadRules(const YamlEntry& entry, Subject subject, bool text_only, const CaseContext& context,
               Step& step) {
  if (entry.value.kind != YamlNode::Kind::kMapping) {
    context.Complain(BlameSpan(entry), fmt::format("'{}' must be a mapping, not {}", entry.key,
                                                   DescribeKind(entry.value)));
    return;
  }
  for (const YamlEntry& item : entry.value.entries) {
    if (subject == Subject::kBodyJson && !item.key.empty() && item.key.front() != '/') {
      context.Complain(item.key_span, fmt::format("'{}' is no JSON pointer", item.key),
                       fmt::format("a pointer begins with '/': /{}", item.key));
    }
    Expectation expectation;
    expectation.subject = subject;
    expectation.name = item.key;
    expectation.value = LoadRule(item, text_only, context);
    expectation.span = BlameSpan(item);
    step.expectations.push_back(std::move(expectation));
  }
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
        "write none, {json: {/pointer: …}} or {error: {code: …}}");
    return;
  }
  MapReader reader(context, entry.value, "body", BlameSpan(entry));
  if (const YamlEntry* json = reader.Find("json")) {
    LoadRules(*json, Subject::kBodyJson, false, context, step);
  }
  if (const YamlEntry* error = reader.Find("error")) {
    LoadRules(*error, Subject::kErrorMember, true, context, step);
  }
  reader.Finish();
}

bool IsObservable(std::string_view name) {
  return name == "status" || name == "duration" || name.rfind("headers.", 0) == 0 ||
         name.rfind("body.", 0) == 0;
}

void LoadObserve(const YamlEntry& entry, const CaseContext& context, Step& step) {
  if (entry.value.kind != YamlNode::Kind::kSequence) {
    context.Complain(BlameSpan(entry), fmt::format("'observe' must be a list of names, not {}",
                                                   DescribeKind(entry.value)));
    return;
  }
  for (const YamlNode& item : entry.value.items) {
    if (item.kind != YamlNode::Kind::kScalar || !IsObservable(item.scalar)) {
      context.Complain(item.span, fmt::format("'{}' cannot be observed", item.scalar),
                       "name status, duration, headers.NAME or body.MEMBER");
      continue;
    }
    step.observe.push_back(item.scalar);
  }
}

}  // namespace

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
