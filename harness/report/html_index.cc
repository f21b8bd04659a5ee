#include "report/html_index.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/count_text.h"
#include "base/date.h"
#include "base/utf8.h"
#include "report/finding_text.h"
#include "report/html.h"
#include "report/html_broken.h"
#include "report/html_coverage.h"
#include "report/html_page.h"
#include "report/html_sections.h"
#include "report/html_tests.h"
#include "report/html_verdict.h"
#include "report/html_writer.h"
#include "report/mock_text.h"

namespace conform {
namespace {

std::size_t CountPages(const HtmlRun& run) {
  return std::min(run.most_pages, run.to_act_on.size());
}

void WriteHead(std::string_view caption, const std::vector<std::string_view>& names,
               HtmlWriter& out) {
  out.Leaf("caption", caption);
  const auto head = out.Open("thead");
  const auto row = out.Open("tr");
  for (const std::string_view name : names) out.Leaf("th", name, {{"scope", "col"}});
}

void WriteEntry(std::size_t index, const HtmlRun& run, HtmlWriter& out) {
  const TestRecord& test = run.record.tests[index];
  const Finding* finding = FindDecidingFinding(test.verdict);
  const auto row = out.Open("tr");
  {
    const auto outcome = out.Open("td");
    WriteOutcome(test.verdict.outcome, run.baseline.Knows(test), out);
  }
  {
    const auto name = out.Open("th", {{"scope", "row"}});
    out.Leaf("a", TitleOf(test), {{"href", run.AddressOf(index)}});
    out.Leaf("code", ShowLine(test.Id()));
  }
  out.Leaf("td", ShowLine(finding == nullptr ? test.verdict.reason : finding->message));
  const auto clause = out.Open("td");
  if (finding != nullptr) out.Leaf("code", finding->clause.id);
}

void WriteList(const HtmlRun& run, HtmlWriter& out) {
  const auto section =
      out.Open("section", {{"id", "findings"}, {"aria-labelledby", "findings-title"}});
  out.Leaf("h2", "What to act on", {{"id", "findings-title"}});
  if (run.to_act_on.empty()) {
    out.Leaf("p", "Nothing: no promise that was judged broke.");
    return;
  }
  const std::size_t pages = CountPages(run);
  out.Leaf("p", "Each has a page of its own with all its evidence.");
  if (pages < run.to_act_on.size()) {
    out.Leaf("p", fmt::format("Of {} the first {} have one; run.json has the rest.",
                              CountOf(run.to_act_on.size(), "test"), pages));
  }
  const auto region = out.Open("div", {{"class", "scroll"},
                                       {"role", "region"},
                                       {"tabindex", "0"},
                                       {"aria-label", "Table of tests to act on"}});
  const auto table = out.Open("table");
  WriteHead(CountOf(pages, "test") + " to act on", {"Outcome", "Test", "What was found", "Clause"},
            out);
  const auto body = out.Open("tbody");
  for (std::size_t i = 0; i < pages; ++i) WriteEntry(run.to_act_on[i], run, out);
}

/// Tests of one suite by outcome.
using SuiteCounts = std::map<Outcome, std::size_t>;

std::vector<std::pair<std::string, SuiteCounts>> CountSuites(const RunRecord& record) {
  std::vector<std::pair<std::string, SuiteCounts>> suites;
  std::map<std::string, std::size_t> places;
  for (const TestRecord& test : record.tests) {
    const auto [place, is_new] = places.try_emplace(test.suite, suites.size());
    if (is_new) suites.emplace_back(test.operation + ", edition " + test.edition, SuiteCounts());
    ++suites[place->second].second[test.verdict.outcome];
  }
  return suites;
}

void WriteSuites(const HtmlRun& run, HtmlWriter& out) {
  const auto section = out.Open("section", {{"id", "tests"}, {"aria-labelledby", "tests-title"}});
  out.Leaf("h2", "All tests, by operation", {{"id", "tests-title"}});
  out.Leaf("p",
           "The run is too large for one page: tests that need no action are counted here, and "
           "told in run.json and junit.xml.");
  const auto region = out.Open("div", {{"class", "scroll"},
                                       {"role", "region"},
                                       {"tabindex", "0"},
                                       {"aria-label", "Table of outcomes by operation"}});
  const auto table = out.Open("table");
  std::vector<std::string_view> names = {"Operation"};
  for (const Outcome outcome : kOutcomes) names.push_back(ProseOf(outcome));
  WriteHead("Outcomes by operation and edition", names, out);
  const auto body = out.Open("tbody");
  for (const auto& [name, counts] : CountSuites(run.record)) {
    const auto row = out.Open("tr");
    out.Leaf("th", name, {{"scope", "row"}});
    for (const Outcome outcome : kOutcomes) {
      const auto count = counts.find(outcome);
      out.Leaf("td", std::to_string(count == counts.end() ? 0 : count->second));
    }
  }
}

std::string RenderIndex(const HtmlRun& run) {
  HtmlWriter out;
  WriteOpening(run, out);
  {
    const auto main = out.Open("main", {{"id", "main"}});
    WriteBrokenPromises(run, out);
    WriteList(run, out);
    WriteCoverage(run, out);
    WriteSuites(run, out);
    WriteRest(run, out);
  }
  WriteFooter(run.record, out);
  return RenderPage(TitleOf(run), out.html());
}

std::string RenderTestPage(const HtmlTest& shown, const HtmlRun& run) {
  const RunHeader& header = run.record.header;
  const std::string_view word = WordOf(shown.test.verdict.outcome);
  HtmlWriter out;
  {
    const auto opening = out.Open("header", {{"class", NameOf(shown.test.verdict.outcome)}});
    {
      const auto stamp = out.Open("p", {{"class", "stamp"}});
      out.Leaf("strong", word);
    }
    if (!AsksTheService(header)) WriteMockBand(header, out);
    out.Leaf("h1", TitleOf(shown.test));
    out.Leaf("p", fmt::format("One test of the run that began {} against {}.",
                              FormatTimestamp(header.started), ShowLine(header.target)));
    out.Leaf("a", "The whole report", {{"href", "../report.html"}});
  }
  {
    const auto main = out.Open("main", {{"id", "main"}});
    out.Leaf("h2", "What was found, and the proof");
    WriteTestToActOn(shown, out);
  }
  WriteFooter(run.record, out);
  return RenderPage(
      fmt::format("{}{}: {}", word, MarkOfMock(header), ShowLine(TitleOf(shown.test))), out.html());
}

}  // namespace

Expected<void> WriteHtmlPages(const HtmlRun& run, const EvidenceReader& evidence,
                              const WriteReport& write) {
  for (std::size_t i = 0; i < CountPages(run); ++i) {
    const std::size_t index = run.to_act_on[i];
    const Expected<TestRecord> test = evidence(index);
    if (!test) return Fail(test.error().message);
    Expected<void> written =
        write(run.AddressOf(index), RenderTestPage({index, *test, run.baseline.Knows(*test)}, run));
    if (!written) return written;
  }
  return write(kHtmlName, RenderIndex(run));
}

}  // namespace conform
