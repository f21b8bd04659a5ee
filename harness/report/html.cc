#include "report/html.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>

#include "base/count_text.h"
#include "base/in_order.h"
#include "report/html_broken.h"
#include "report/html_coverage.h"
#include "report/html_index.h"
#include "report/html_page.h"
#include "report/html_run.h"
#include "report/html_sections.h"
#include "report/html_tests.h"
#include "report/shared_cause.h"

namespace conform {
namespace {

using Exchanges = HtmlDetail::Exchanges;

/// Tried in this order until the page fits.
constexpr std::array<HtmlDetail, 4> kDetails = {
    {{Exchanges::kWhole, SIZE_MAX, ""},
     {Exchanges::kWhole, 200,
      "To keep this page small, bodies of tests that passed are cut after 200 bytes; run.json has "
      "them."},
     {Exchanges::kLines, 0,
      "To keep this page small, exchanges of tests that passed are told in a line each; run.json "
      "has the rest."},
     {Exchanges::kNone, 0,
      "To keep this page small, exchanges of tests that passed are left out; run.json has them."}}};

/// What a page is made from, and how large it may get.
struct Page {
  const HtmlRun& run;
  const EvidenceReader& evidence;
  const HtmlDetail& detail;
  std::size_t most_bytes;
};

/// Whether it stands among the tests that need no action: it was judged, or something was sent.
bool IsTold(const TestRecord& test) {
  const Outcome outcome = test.verdict.outcome;
  if (outcome == Outcome::kPass) return true;
  return !WasRun(outcome) && (!test.exchanges.empty() || !test.verdict.judged.empty());
}

/// What of the tests to act on is told together: one, or all that got no answer for one cause.
std::vector<std::vector<std::size_t>> GroupByCause(const HtmlRun& run) {
  std::vector<std::vector<std::size_t>> groups;
  std::map<std::string, std::size_t> places;
  for (const std::size_t index : run.to_act_on) {
    const TestRecord& test = run.record.tests[index];
    const std::string cause = IsUnanswered(test) ? CauseOf(test) : "";
    const auto [place, is_new] = places.try_emplace(cause, groups.size());
    if (cause.empty() || is_new) {
      groups.push_back({index});
    } else {
      groups[place->second].push_back(index);
    }
  }
  return groups;
}

/// False: the page has become too large.
Expected<bool> WriteAlike(const Page& page, const std::vector<std::size_t>& group,
                          HtmlWriter& out) {
  if (group.size() == 1) return true;
  const auto alike = out.Open("details", {{"class", "alike"}});
  out.Leaf("summary",
           fmt::format("{} ended so for the same cause", CountOf(group.size() - 1, "more test")));
  for (std::size_t i = 1; i < group.size(); ++i) {
    const Expected<TestRecord> test = page.evidence(group[i]);
    if (!test) return Fail(test.error().message);
    WriteFoldedTest({group[i], *test}, HtmlDetail(), out);
    if (out.html().size() > page.most_bytes) return false;
  }
  return true;
}

/// False: the page has become too large.
Expected<bool> WriteFindings(const Page& page, HtmlWriter& out) {
  const HtmlRun& run = page.run;
  const auto section =
      out.Open("section", {{"id", "findings"}, {"aria-labelledby", "findings-title"}});
  out.Leaf("h2", "What to act on", {{"id", "findings-title"}});
  if (run.to_act_on.empty()) {
    out.Leaf("p", "Nothing: no promise that was judged broke.");
  }
  for (const std::vector<std::size_t>& group : GroupByCause(run)) {
    const std::size_t index = group.front();
    const Expected<TestRecord> test = page.evidence(index);
    if (!test) return Fail(test.error().message);
    WriteTestToActOn({index, *test, run.baseline.Knows(*test)}, out);
    if (out.html().size() > page.most_bytes) return false;
    const Expected<bool> fits = WriteAlike(page, group, out);
    if (!fits || !*fits) return fits;
  }
  return true;
}

/// Those of `told` from `begin` to before `end`, each below the heading of its suite.
Expected<std::string> RenderFoldedTests(const Page& page, const std::vector<std::size_t>& told,
                                        std::size_t begin, std::size_t end) {
  const TestRecords& tests = page.run.record.tests;
  HtmlWriter out;
  for (std::size_t i = begin; i < end; ++i) {
    const std::size_t index = told[i];
    const Expected<TestRecord> test = page.detail.of_passes == Exchanges::kWhole
                                          ? page.evidence(index)
                                          : Expected<TestRecord>(tests[index]);
    if (!test) return Fail(test.error().message);
    if (i == 0 || tests[told[i - 1]].suite != tests[index].suite) {
      out.Leaf("h3", test->operation + ", edition " + test->edition);
    }
    WriteFoldedTest({index, *test}, page.detail, out);
  }
  return out.TakeHtml();
}

Expected<bool> WriteOtherTests(const Page& page, HtmlWriter& out) {
  constexpr std::size_t kTestsInStretch = 16;
  const RunRecord& record = page.run.record;
  const auto section = out.Open("section", {{"id", "tests"}, {"aria-labelledby", "tests-title"}});
  out.Leaf("h2", "Tests that need no action", {{"id", "tests-title"}});
  const bool spared = record.header.SparesPasses();
  out.Leaf("p", spared ? "What tests that passed sent and saw was not kept (--evidence failed)."
                       : "Each unfolds to what was sent and what came.");
  if (!spared && !page.detail.left_out.empty()) out.Leaf("p", page.detail.left_out);
  std::vector<std::size_t> told;
  for (std::size_t i = 0; i < record.tests.size(); ++i) {
    if (IsTold(record.tests[i])) told.push_back(i);
  }
  if (told.empty()) out.Leaf("p", "There is none.");
  Expected<bool> fits = true;
  MakeInOrder(
      told.size(), kTestsInStretch,
      [&](std::size_t begin, std::size_t end) { return RenderFoldedTests(page, told, begin, end); },
      [&](const Expected<std::string>& html) {
        if (html) {
          out.Markup(*html);
          fits = out.html().size() <= page.most_bytes;
        } else {
          fits = Fail(html.error().message);
        }
        return fits && *fits;
      });
  return fits;
}

/// What most take on a page.
constexpr std::size_t kBytesOfATest = std::size_t{6} * 1024;

/// Nothing: the page would be larger than it may be.
Expected<std::optional<std::string>> RenderOnePage(const Page& page) {
  const HtmlRun& run = page.run;
  HtmlWriter out;
  out.Reserve(std::min(page.most_bytes, run.record.tests.size() * kBytesOfATest));
  WriteOpening(run, out);
  {
    const auto main = out.Open("main", {{"id", "main"}});
    WriteBrokenPromises(run, out);
    const Expected<bool> found = WriteFindings(page, out);
    if (!found) return Fail(found.error().message);
    if (!*found) return std::nullopt;
    WriteCoverage(run, out);
    const Expected<bool> others = WriteOtherTests(page, out);
    if (!others) return Fail(others.error().message);
    if (!*others) return std::nullopt;
    WriteRest(run, out);
  }
  WriteFooter(run.record, out);
  std::string whole = RenderPage(TitleOf(run), out.html());
  if (whole.size() > page.most_bytes) return std::nullopt;
  return whole;
}

}  // namespace

Expected<void> WriteHtml(const RunRecord& record, const EvidenceReader& evidence,
                         const Conclusion& conclusion, const WriteReport& write,
                         const RunRecord* baseline, const HtmlLimits& limits) {
  HtmlRun run(record, conclusion, baseline);
  if (record.tests.size() <= limits.most_tests) {
    for (const HtmlDetail& detail : kDetails) {
      const Expected<std::optional<std::string>> page =
          RenderOnePage({run, evidence, detail, limits.most_bytes});
      if (!page) return Fail(page.error().message);
      if (*page) return write(kHtmlName, **page);
    }
  }
  run.most_pages = limits.most_pages;
  return WriteHtmlPages(run, evidence, write);
}

}  // namespace conform
