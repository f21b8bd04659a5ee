#include "case/step_flow_loader.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/duration.h"
#include "base/http_text.h"
#include "case/expectation_loader.h"

namespace conform {
namespace {

constexpr int kMostPages = 1000;
constexpr std::string_view kHeaders = "headers.";

void LoadCapture(const YamlEntry& entry, const CaseContext& context, Step& step) {
  CaptureSpec capture;
  capture.name = entry.key;
  capture.span = entry.key_span;
  std::string from = entry.value.scalar;
  Span span = BlameSpan(entry);
  if (entry.value.kind == YamlNode::Kind::kMapping) {
    MapReader reader(context, entry.value, fmt::format("'{}'", entry.key), span);
    from = reader.RequireText("from").value_or("/");
    if (const YamlEntry* written = reader.Find("from")) span = BlameSpan(*written);
    capture.secret = reader.Bool("secret").value_or(false);
    reader.Finish();
  } else if (entry.value.kind != YamlNode::Kind::kScalar) {
    from = DescribeKind(entry.value);
  }
  if (!IsTestName(capture.name)) {
    context.Complain(capture.span, fmt::format("'{}' cannot name a capture", capture.name),
                     "use lower-case letters, digits and underscores");
  }
  if (from == "status") {
    capture.from = CaptureSpec::From::kStatus;
  } else if (from.rfind(kHeaders, 0) == 0 && from.size() > kHeaders.size()) {
    capture.from = CaptureSpec::From::kHeader;
    capture.source = from.substr(kHeaders.size());
    context.CheckFieldName(capture.source, span);
  } else if (!from.empty() && from.front() == '/') {
    context.CheckPointer(from, span);
    capture.source = from;
  } else {
    context.Complain(span, fmt::format("'{}' cannot be captured", from),
                     "name a JSON pointer such as /id, headers.NAME or status");
  }
  step.captures.push_back(std::move(capture));
}

std::vector<PointerRule> LoadPointerRules(const YamlEntry* entry, const CaseContext& context) {
  std::vector<PointerRule> rules;
  if (entry == nullptr) return rules;
  if (entry->value.kind != YamlNode::Kind::kMapping || entry->value.entries.empty()) {
    context.Complain(
        BlameSpan(*entry),
        fmt::format("'{}' must be a mapping with at least one JSON pointer", entry->key),
        fmt::format("write {}: {{/pointer: value}}", entry->key));
    return rules;
  }
  for (const YamlEntry& item : entry->value.entries) {
    context.CheckPointer(item.key, item.key_span);
    rules.push_back({item.key, LoadValueRule(item, context), BlameSpan(item)});
  }
  return rules;
}

void WarnOfAskingOnce(const Span& span, std::chrono::milliseconds every,
                      std::chrono::milliseconds limit, const CaseContext& context) {
  if (every <= limit) return;
  context.Warn(span, fmt::format("'every' is {}, longer than 'for', which is {}: it asks only once",
                                 FormatDuration(every), FormatDuration(limit)));
}

void LoadPoll(MapReader& reader, const CaseContext& context, Step& step) {
  PollSpec poll;
  const YamlEntry* until = reader.Find("until");
  poll.until = LoadPointerRules(until, context);
  poll.fail_if = LoadPointerRules(reader.Find("fail_if"), context);
  const auto every = reader.Duration("every");
  const auto limit = reader.Duration("for");
  if (until == nullptr) {
    for (const std::string_view key : {"fail_if", "every", "for"}) {
      if (const YamlEntry* entry = reader.Find(key)) {
        context.Complain(entry->key_span, fmt::format("'{}' goes with 'until'", key));
      }
    }
    return;
  }
  poll.span = until->key_span;
  for (const std::string_view key : {"every", "for"}) {
    if (reader.Find(key) == nullptr) {
      context.Complain(until->key_span, fmt::format("'{}' is missing beside 'until'", key),
                       "say how often to ask and for how long: every: 10s and for: 10m");
    }
  }
  poll.every = every.value_or(std::chrono::milliseconds(0));
  poll.limit = limit.value_or(std::chrono::milliseconds(0));
  if (every && limit) {
    WarnOfAskingOnce(BlameSpan(*reader.Find("every")), *every, *limit, context);
  }
  step.poll = std::make_shared<const PollSpec>(std::move(poll));
}

void LoadSettle(const YamlEntry& entry, const CaseContext& context, Step& step) {
  MapReader reader(context, entry.value, "settle", BlameSpan(entry));
  if (!reader.valid()) return;
  SettleSpec settle;
  settle.span = entry.key_span;
  if (reader.Require("answers") != nullptr) {
    for (const std::string& answer : reader.Texts("answers")) {
      if (settle.answers.Add(answer)) continue;
      context.Complain(BlameSpan(*reader.Find("answers")), fmt::format("'{}' is no status", answer),
                       "write a number from 100 to 599, a class such as 4xx, or a list of them");
    }
  }
  const YamlEntry* written = reader.Require("for");
  const auto limit = reader.Duration("for");
  settle.limit = limit.value_or(settle.limit);
  settle.every = reader.Duration("every").value_or(settle.every);
  if (limit) {
    const YamlEntry* every = reader.Find("every");
    WarnOfAskingOnce(BlameSpan(every == nullptr ? *written : *every), settle.every, *limit,
                     context);
  }
  reader.Finish();
  step.settle = std::make_shared<const SettleSpec>(std::move(settle));
}

void LoadFollow(const YamlEntry& entry, const CaseContext& context, Step& step) {
  MapReader reader(context, entry.value, "follow", BlameSpan(entry));
  if (!reader.valid()) return;
  FollowSpec follow;
  follow.span = entry.key_span;
  follow.next = reader.RequireText("next").value_or("/");
  if (const YamlEntry* next = reader.Find("next")) {
    context.CheckPointer(follow.next, next->value.span);
  }
  reader.Require("max");
  follow.max_pages = static_cast<int>(reader.Integer("max", 1, kMostPages).value_or(1));
  reader.Finish();
  if (step.poll) {
    context.Complain(entry.key_span, "'follow' stands beside 'until'",
                     "put the paging into a step of its own");
  }
  step.follow = std::make_shared<const FollowSpec>(std::move(follow));
}

/// Two rules for one place that no value can meet both, as far as literals tell.
bool Contradict(const ValueRule& a, const ValueRule& b) {
  using Kind = ValueRule::Kind;
  if (a.kind == Kind::kEquals && b.kind == Kind::kEquals) {
    const bool literal = a.equals.dump().find("${") == std::string::npos &&
                         b.equals.dump().find("${") == std::string::npos;
    return literal && a.equals != b.equals;
  }
  return (a.kind == Kind::kAbsent) != (b.kind == Kind::kAbsent);
}

bool Same(const ValueRule& a, const ValueRule& b) {
  return a.kind == b.kind && a.kind != ValueRule::Kind::kMatches && a.equals == b.equals;
}

/// Why a poll can only fail; empty where it may succeed.
std::string WhyHopeless(const Step& step, Span& span) {
  if (!step.poll) return "";
  for (const PointerRule& until : step.poll->until) {
    for (const PointerRule& bad : step.poll->fail_if) {
      if (bad.pointer != until.pointer || !Same(bad.value, until.value)) continue;
      span = bad.span;
      return fmt::format("'fail_if' and 'until' wait for the same value of {}", bad.pointer);
    }
    for (const Expectation& expectation : step.expectations) {
      const bool same_place = expectation.subject == Expectation::Subject::kBodyJson &&
                              expectation.name == until.pointer;
      if (!same_place || !Contradict(expectation.value, until.value)) continue;
      span = expectation.span;
      return fmt::format("response and 'until' contradict each other about {}", until.pointer);
    }
  }
  return "";
}

/// An effect is caused as often as it is asked for.
void WarnOfRepeats(const Step& step, const CaseContext& context) {
  const TextTemplate& method = step.request.method;
  if (method.HasPlaceholders() || method.text.empty() || IsSafeMethod(method.text)) return;
  const auto warn = [&](const Span& span, std::string_view key) {
    context.Warn(
        span,
        fmt::format("'{}' asks again by {}, which may do again what it did", key, method.text),
        "put the question into a step of its own");
  };
  if (step.poll != nullptr) warn(step.poll->span, "until");
  if (step.settle != nullptr && step.settle->answers.HasSuccess()) {
    warn(step.settle->span, "settle");
  }
  if (step.follow != nullptr) warn(step.follow->span, "follow");
}

void WarnOfUnused(const CaseContext& context) {
  for (const KnownColumn& column : context.names.columns) {
    if (column.used || !column.span) continue;
    context.Warn(*column.span, fmt::format("column '{}' is never used", column.name),
                 fmt::format("write ${{row.{}}} where it belongs, or leave it out", column.name));
  }
  for (const auto& [name, capture] : context.names.captures) {
    if (!capture.used) {
      context.Warn(capture.span, fmt::format("capture '{}' is never used", name),
                   "leave it out, or observe it in response");
    }
  }
  for (const auto& [name, variable] : context.names.variables) {
    const auto& used = context.names.used_variables;
    if (std::find(used.begin(), used.end(), name) == used.end()) {
      context.Warn(variable.span, fmt::format("variable '{}' is never used", name));
    }
  }
}

}  // namespace

void LoadStepFlow(MapReader& reader, const CaseContext& context, Step& step) {
  LoadPoll(reader, context, step);
  if (const YamlEntry* settle = reader.Find("settle")) LoadSettle(*settle, context, step);
  if (const YamlEntry* follow = reader.Find("follow")) LoadFollow(*follow, context, step);
  const YamlEntry* captures = reader.Find("capture");
  if (captures == nullptr) return;
  if (captures->value.kind != YamlNode::Kind::kMapping) {
    context.Complain(
        BlameSpan(*captures),
        fmt::format("'capture' must be a mapping, not {}", DescribeKind(captures->value)),
        "write capture: {name: /pointer}");
    return;
  }
  for (const YamlEntry& capture : captures->value.entries) LoadCapture(capture, context, step);
}

void WarnOfFlow(const Case& loaded, const CaseContext& context) {
  const Step* hopeless = nullptr;
  for (const Step& step : loaded.steps) {
    if (hopeless != nullptr && !step.cleans_up) {
      context.Warn(step.span, fmt::format("step '{}' cannot be reached: '{}' never succeeds",
                                          step.name, hopeless->name));
    }
    WarnOfRepeats(step, context);
    Span span;
    const std::string why = WhyHopeless(step, span);
    if (!why.empty()) context.Warn(span, why, "one of them can never be met");
    if (!why.empty() && hopeless == nullptr && !step.cleans_up) hopeless = &step;
    if (step.poll && loaded.limit && step.poll->limit > *loaded.limit) {
      context.Warn(
          step.poll->span,
          fmt::format("step '{}' asks for {}, longer than the case's limit of {}", step.name,
                      FormatDuration(step.poll->limit), FormatDuration(*loaded.limit)));
    }
  }
  WarnOfUnused(context);
}

}  // namespace conform
