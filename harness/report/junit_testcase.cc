#include "report/junit_testcase.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/cut_mark.h"
#include "base/date.h"
#include "base/utf8.h"
#include "report/finding_text.h"

namespace conform {
namespace {

constexpr std::size_t kMaxAttribute = 2'000;

/// The element that tells an outcome; null where a passing test has none.
struct Form {
  Outcome outcome;
  const char* element;
  bool has_body;
};

constexpr std::array<Form, kOutcomes.size()> kForms = {{{Outcome::kPass, nullptr, false},
                                                        {Outcome::kDeviation, nullptr, true},
                                                        {Outcome::kWarn, nullptr, true},
                                                        {Outcome::kInconclusive, "error", true},
                                                        {Outcome::kFail, "failure", true},
                                                        {Outcome::kSkip, "skipped", false},
                                                        {Outcome::kNotRun, "skipped", false}}};

const Form& FormOf(Outcome outcome) {
  return *std::find_if(kForms.begin(), kForms.end(),
                       [outcome](const Form& form) { return form.outcome == outcome; });
}

bool IsKept(JunitDetail::Keep keep, Outcome outcome) {
  if (keep == JunitDetail::Keep::kNotOfPasses) return outcome != Outcome::kPass;
  return keep == JunitDetail::Keep::kAll;
}

std::string DescribeMessage(const Verdict& verdict) {
  if (verdict.outcome == Outcome::kNotRun) return "not run: " + verdict.reason;
  const Finding* deciding = FindDecidingFinding(verdict);
  if (verdict.outcome != Outcome::kFail || deciding == nullptr) return verdict.reason;
  std::string message = fmt::format("{} ({})", deciding->message, deciding->clause.id);
  const std::size_t others = verdict.findings.size() - 1;
  return others == 0 ? message : message + fmt::format(", and {} more", others);
}

/// What kind it is: the clause that was broken, else the outcome's name.
std::string DescribeType(const Verdict& verdict) {
  const Finding* deciding = FindDecidingFinding(verdict);
  if (verdict.outcome == Outcome::kFail && deciding != nullptr) return deciding->clause.id;
  return std::string(NameOf(verdict.outcome));
}

std::string CutText(std::string text, std::size_t max_characters) {
  if (CountCharacters(text) <= max_characters) return text;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < max_characters; ++i) {
    bytes += FirstCharacter(std::string_view(text).substr(bytes)).bytes;
  }
  return text.substr(0, bytes).append(kCutMark) + "\n";
}

/// Contract clauses that were judged, and any other that was broken.
std::string ListClauses(const Verdict& verdict) {
  std::string list;
  for (const JudgedClause& judged : verdict.judged) {
    if (judged.clause.operation.empty() && judged.kept) continue;
    list += (list.empty() ? "" : " ") + judged.clause.id;
  }
  return list;
}

std::string ListRequestIds(const TestRecord& test) {
  std::string list;
  for (const ExchangeRecord& exchange : test.exchanges) {
    if (exchange.request_id.empty()) continue;
    list += (list.empty() ? "" : " ") + exchange.request_id;
  }
  return list;
}

void AddTestProperties(const TestRecord& test, const RunHeader& header, const Baseline& baseline,
                       pugi::xml_node& testcase) {
  pugi::xml_node properties = testcase.append_child("properties");
  AddProperty(properties, "outcome", NameOf(test.verdict.outcome));
  AddProperty(properties, "baseline", baseline.MarkOf(test));
  AddProperty(properties, "flaky", test.flaky ? "true" : "");
  AddProperty(properties, "clauses", ListClauses(test.verdict));
  AddProperty(properties, "edition", test.edition);
  AddProperty(properties, "target", header.target);
  AddProperty(properties, "request-id", ListRequestIds(test));
}

void AddOutcome(const TestRecord& test, const Baseline& baseline, const JunitDetail& detail,
                pugi::xml_node& testcase) {
  const Verdict& verdict = test.verdict;
  const Form& form = FormOf(baseline.CountsAs(test));
  const bool has_body = form.has_body || test.flaky;
  pugi::xml_node told = testcase;
  if (form.element != nullptr) {
    told = testcase.append_child(form.element);
    SetAttribute(told, "message", ShowLine(DescribeMessage(verdict), detail.message_characters));
    SetAttribute(told, "type", DescribeType(verdict));
  } else if (has_body && detail.body_characters > 0) {
    told = testcase.append_child("system-out");
  }
  if (!has_body || detail.body_characters == 0) return;
  std::string known;
  if (baseline.Knows(test)) {
    known = fmt::format("Known: it failed alike in the baseline run of {}.\n", baseline.Began());
  }
  const std::string whole = ShowText(known + RenderVerdictLine(test) + RenderFindings(test));
  const std::string body = CutText(whole, detail.body_characters);
  told.append_child(pugi::node_pcdata).set_value(body.c_str());
}

}  // namespace

void AddTestcase(const TestRecord& test, const RunHeader& header, const Baseline& baseline,
                 const JunitDetail& detail, pugi::xml_node& suite) {
  const Outcome outcome = test.verdict.outcome;
  pugi::xml_node testcase = suite.append_child("testcase");
  SetAttribute(testcase, "classname", test.suite);
  SetAttribute(testcase, "name", test.name);
  if (IsKept(detail.places, outcome)) {
    SetAttribute(testcase, "file", test.path);
    SetAttribute(testcase, "line", std::to_string(test.line));
    if (HasStarted(test)) SetAttribute(testcase, "timestamp", FormatTimestamp(test.started));
  }
  SetAttribute(testcase, "time", FormatSeconds(test.duration));
  if (IsKept(detail.properties, outcome)) AddTestProperties(test, header, baseline, testcase);
  AddOutcome(test, baseline, detail, testcase);
}

void SetAttribute(pugi::xml_node& node, const char* name, std::string_view value) {
  pugi::xml_attribute attribute = node.append_attribute(name);
  if (value.size() <= kMaxAttribute && IsLineAsShown(value)) {
    attribute.set_value(value.data(), value.size());
  } else {
    attribute.set_value(ShowLine(value, kMaxAttribute).c_str());
  }
}

void AddProperty(pugi::xml_node& properties, const char* name, std::string_view value) {
  if (value.empty()) return;
  pugi::xml_node property = properties.append_child("property");
  SetAttribute(property, "name", name);
  SetAttribute(property, "value", value);
}

std::string FormatSeconds(std::chrono::microseconds duration) {
  const auto microseconds = std::max<std::int64_t>(duration.count(), 0);
  return fmt::format("{}.{:06}", microseconds / 1'000'000, microseconds % 1'000'000);
}

bool HasStarted(const TestRecord& test) { return test.started.time_since_epoch().count() != 0; }

}  // namespace conform
