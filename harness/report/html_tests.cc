#include "report/html_tests.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "base/count_text.h"
#include "base/date.h"
#include "base/utf8.h"
#include "report/finding_text.h"
#include "report/html_exchange.h"
#include "report/html_finding.h"

namespace conform {
namespace {

std::string ExchangeId(std::size_t test, std::size_t exchange) {
  return fmt::format("t{}-x{}", test + 1, exchange + 1);
}

/// `2 exchanges, the last answered HTTP/1.1 204 No Content`; of a step without any, why.
std::string DescribeStep(const StepRecord& step, const TestRecord& test) {
  if (!step.done) return step.note.empty() ? "not done" : "not done: " + step.note;
  const std::size_t last = FindJudgedExchange(test, step.name);
  if (last == SIZE_MAX) return "done";
  const auto count = static_cast<std::size_t>(
      std::count_if(test.exchanges.begin(), test.exchanges.end(),
                    [&](const ExchangeRecord& exchange) { return exchange.step == step.name; }));
  const std::string& status = test.exchanges[last].status_line;
  const std::string answer = status.empty() ? "no answer" : ShowLine(status);
  return count == 1 ? answer : fmt::format("{}, after {} exchanges", answer, count);
}

void WriteChain(const TestRecord& test, HtmlWriter& out) {
  if (test.steps.empty()) return;
  const auto chain = out.Open("ol", {{"class", "chain"}});
  for (const StepRecord& step : test.steps) {
    const auto item = out.Open("li");
    out.Leaf("b", step.name);
    if (step.does != step.name && step.does != "request") out.Text(" " + step.does);
    if (step.cleanup) out.Text(" (cleanup)");
    out.Text(": " + DescribeStep(step, test));
  }
}

/// `2019-01 of deviceManagement…sync, as delegated_work, in 1.23 ms from 2026-…`.
std::string DescribeTest(const TestRecord& test) {
  std::string text = fmt::format("{}:{}", test.path, test.line);
  if (!test.identity.empty()) text += fmt::format(", as {}", test.identity);
  if (test.started.time_since_epoch().count() != 0) {
    text += fmt::format(", began {}, took {}", FormatTimestamp(test.started),
                        ShowDuration(test.duration));
  }
  return text + '.';
}

std::string DescribeJudged(const Verdict& verdict) {
  std::vector<std::string> contract;
  std::size_t protocol = 0;
  for (const JudgedClause& judged : verdict.judged) {
    if (judged.clause.operation.empty() && judged.kept) {
      ++protocol;
    } else {
      contract.push_back(judged.clause.id + (judged.kept ? " kept" : " broken"));
    }
  }
  for (const ClauseKey& key : verdict.client_kept) contract.push_back(key.id + " kept by us");
  if (protocol > 0) contract.push_back(CountOf(protocol, "protocol clause") + " kept");
  return contract.empty() ? "" : fmt::format("Judged: {}.", fmt::join(contract, ", "));
}

std::string DescribeObserved(const Verdict& verdict) {
  std::vector<std::string> facts;
  for (const ObservedFact& fact : verdict.observed) {
    facts.push_back(fmt::format("{} {}", fact.name, ShowLine(fact.value)));
  }
  return facts.empty() ? "" : fmt::format("Observed, never judged: {}.", fmt::join(facts, ", "));
}

void WriteAbout(const TestRecord& test, HtmlWriter& out) {
  {
    const auto line = out.Open("p", {{"class", "id"}});
    out.Leaf("code", ShowLine(test.Id(), 1'000));
  }
  WriteChain(test, out);
  if (!test.verdict.reason.empty()) {
    out.Leaf("p", "Why: " + ShowLine(test.verdict.reason, 2'000));
  }
}

void WriteBasis(const TestRecord& test, HtmlWriter& out) {
  for (const std::string& line :
       {DescribeTest(test), DescribeJudged(test.verdict), DescribeObserved(test.verdict)}) {
    if (!line.empty()) out.Leaf("p", line, {{"class", "when"}});
  }
}

void WriteFlaky(const TestRecord& test, HtmlWriter& out) {
  if (!test.flaky) return;
  out.Text(" ");
  out.Leaf("strong", "FLAKY", {{"class", "word warn"}});
}

void WriteExchanges(const HtmlTest& shown, std::size_t most_body, HtmlWriter& out) {
  for (std::size_t i = 0; i < shown.test.exchanges.size(); ++i) {
    WriteExchange(shown.test.exchanges[i], most_body, ExchangeId(shown.index, i), out);
  }
}

/// An inconclusive test may have no finding: its last exchange tells what came.
void WriteLastExchange(const HtmlTest& shown, HtmlWriter& out) {
  const std::vector<ExchangeRecord>& exchanges = shown.test.exchanges;
  if (exchanges.empty() || !shown.test.verdict.findings.empty()) return;
  const auto facts = out.Open("dl", {{"class", "facts"}});
  {
    const auto pair = out.Open("div");
    out.Leaf("dt", "Evidence");
    const auto told = out.Open("dd");
    WriteEvidence(exchanges.back(), "#" + ExchangeId(shown.index, exchanges.size() - 1), out);
  }
  WriteAgain(exchanges.back(), out);
}

}  // namespace

void WriteOutcome(Outcome outcome, bool known, HtmlWriter& out) {
  std::string kind(NameOf(outcome));
  out.Leaf("strong", WordOf(outcome), {{"class", "word " + kind}});
  if (!known) return;
  out.Text(" ");
  out.Leaf("strong", "AS IN THE BASELINE", {{"class", "word deviation"}});
}

void WriteTestToActOn(const HtmlTest& shown, HtmlWriter& out) {
  const TestRecord& test = shown.test;
  const std::string id = fmt::format("t{}", shown.index + 1);
  const std::string kind(NameOf(test.verdict.outcome));
  const auto article =
      out.Open("article", {{"id", id}, {"class", kind}, {"aria-labelledby", id + "-title"}});
  {
    const auto title = out.Open("h3", {{"id", id + "-title"}});
    WriteOutcome(test.verdict.outcome, shown.known, out);
    WriteFlaky(test, out);
    out.Text(" " + TitleOf(test));
  }
  WriteAbout(test, out);
  for (const Finding& finding : test.verdict.findings) {
    const std::size_t place = FindJudgedExchange(test, finding.step);
    WriteFinding(finding, test, place == SIZE_MAX ? "" : "#" + ExchangeId(shown.index, place), out);
  }
  WriteLastExchange(shown, out);
  WriteExchanges(shown, SIZE_MAX, out);
  WriteBasis(test, out);
}

void WriteFoldedTest(const HtmlTest& shown, const HtmlDetail& detail, HtmlWriter& out) {
  const TestRecord& test = shown.test;
  const std::string id = fmt::format("t{}", shown.index + 1);
  const auto fold = out.Open("details", {{"class", "test"}, {"id", id}});
  {
    const auto summary = out.Open("summary");
    WriteOutcome(test.verdict.outcome, shown.known, out);
    WriteFlaky(test, out);
    out.Text(" " + TitleOf(test));
  }
  WriteAbout(test, out);
  WriteBasis(test, out);
  if (detail.of_passes == HtmlDetail::Exchanges::kWhole) {
    WriteExchanges(shown, detail.pass_body_bytes, out);
  } else if (detail.of_passes == HtmlDetail::Exchanges::kLines) {
    for (const ExchangeRecord& exchange : test.exchanges) {
      out.Leaf("p", DescribeExchange(exchange));
    }
  }
}

}  // namespace conform
