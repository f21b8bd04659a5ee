#include "report/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/duration.h"
#include "record/coverage.h"
#include "report/baseline.h"
#include "report/finding_text.h"
#include "report/markdown.h"
#include "report/mock_text.h"
#include "report/shared_cause.h"
#include "report/summary_text.h"

namespace conform {
namespace {

using Tests = std::vector<const TestRecord*>;

/// Kept free for the headings and cuts of the sections that follow one which fills the page.
constexpr std::size_t kReserve = 2'500;

Tests Select(const RunRecord& record, Outcome outcome) {
  Tests tests;
  for (const TestRecord& test : record.tests) {
    if (test.verdict.outcome == outcome) tests.push_back(&test);
  }
  return tests;
}

Tests SelectFlaky(const RunRecord& record) {
  Tests tests;
  for (const TestRecord& test : record.tests) {
    if (test.flaky) tests.push_back(&test);
  }
  return tests;
}

/// Tests that are told in one entry: the first of them, and how many they are.
struct Alike {
  const TestRecord* first = nullptr;
  std::size_t tests = 1;
};

std::vector<Alike> OneByOne(const Tests& tests) {
  std::vector<Alike> entries;
  for (const TestRecord* test : tests) entries.push_back({test});
  return entries;
}

/// Together where more than a few ended for one cause: a service that is down is told once.
std::vector<Alike> ByCause(const Tests& tests) {
  constexpr std::size_t kMostApart = 3;
  std::map<std::string, std::size_t> causes;
  for (const TestRecord* test : tests) ++causes[CauseOf(*test)];
  std::vector<Alike> entries;
  for (const TestRecord* test : tests) {
    std::size_t& alike = causes[CauseOf(*test)];
    if (alike == 0) continue;  // told
    const bool together = alike > kMostApart;
    entries.push_back({test, together ? alike : 1});
    if (together) alike = 0;
  }
  return entries;
}

std::string RenderReasonOf(const Alike& entry) {
  return entry.tests == 1 ? RenderReason(*entry.first)
                          : RenderSharedReason(*entry.first, entry.tests);
}

/// Writes sections until the page is full.
class SummaryPage {
 public:
  explicit SummaryPage(std::size_t max_bytes)
      : room_(max_bytes > kReserve ? max_bytes - kReserve : 0) {}

  void Add(std::string_view text) { text_ += text; }

  /// A heading and one entry a test, as many as there is room for; nothing where there is no test.
  template <typename Render>
  void AddSection(std::string_view heading, const Tests& tests, Render render) {
    AddEntries(heading, tests.size(), OneByOne(tests),
               [&](const Alike& entry) { return render(*entry.first); });
  }

  /// The same with why each ended so, together where that is one cause.
  void AddReasons(std::string_view heading, const Tests& tests) {
    AddEntries(heading, tests.size(), ByCause(tests), RenderReasonOf);
  }

  std::string Take() { return std::move(text_); }

 private:
  template <typename Render>
  void AddEntries(std::string_view heading, std::size_t left, const std::vector<Alike>& entries,
                  Render render) {
    if (entries.empty()) return;
    text_ += fmt::format("\n## {} ({})\n\n", heading, left);
    for (const Alike& entry : entries) {
      const std::string told = render(entry);
      if (text_.size() + told.size() > room_) {
        text_ += fmt::format("\n{} more {} not shown here; the other reports have them all.\n",
                             left, left == 1 ? "is" : "are");
        return;
      }
      text_ += told;
      left -= entry.tests;
    }
  }

  std::size_t room_;
  std::string text_;
};

void AddHead(const RunRecord& record, const SummaryOptions& options, SummaryPage& page) {
  const RunHeader& header = record.header;
  page.Add(fmt::format("# conform: {}\n\n", EscapeMarkdown(options.verdict, 500)));
  if (header.mock && header.target == kEmbeddedMock) {
    page.Add(
        "> **A MOCK ANSWERED.** This run proves that the harness works; it proves nothing about "
        "the service.\n\n");
  } else if (!AsksTheService(header)) {
    page.Add(fmt::format("> **{}.** {}\n\n", StampOfMock(header),
                         EscapeMarkdown(DescribeMockRun(header), 500)));
  }
  if (!record.complete) {
    page.Add("> **The run was cut off and did not finish.** What did not run is told below.\n\n");
  }
  page.Add(fmt::format("Target {}, profile {}; {} of {} tests selected",
                       MarkdownCode(header.target), MarkdownCode(header.profile), header.selected,
                       header.population));
  if (header.shard_count > 1) {
    page.Add(fmt::format("; this is shard {} of {}, counted from 0", header.shard_index,
                         header.shard_count));
  }
  page.Add(
      fmt::format("; started {}, took {}.\n\n", FormatTimestamp(header.started),
                  FormatDuration(std::chrono::round<std::chrono::milliseconds>(record.duration))));
}

void AddCounts(const RunRecord& record, const std::vector<ClauseCoverage>& coverage,
               SummaryPage& page) {
  page.Add("| outcome | tests |\n|---|---:|\n");
  for (const Outcome outcome :
       {Outcome::kFail, Outcome::kInconclusive, Outcome::kWarn, Outcome::kDeviation, Outcome::kPass,
        Outcome::kSkip, Outcome::kNotRun}) {
    const std::size_t count = Select(record, outcome).size();
    if (count > 0) page.Add(fmt::format("| {} | {} |\n", WordOf(outcome), count));
  }
  const CoverageCount clauses = CountContractClauses(coverage);
  page.Add(fmt::format("\n{} of the {} clauses that the contracts promise were judged.\n",
                       clauses.judged, clauses.promised));
}

/// Of the failures those that failed before, and of what failed before that which does not now.
void AddFailures(const RunRecord& record, const RunRecord* run, SummaryPage& page) {
  const Baseline baseline(record, run);
  if (!baseline) {
    page.AddSection("Failures", Select(record, Outcome::kFail), RenderFailure);
    return;
  }
  page.Add(fmt::format("\n{}\n", baseline.Describe()));
  page.AddSection("New failures", baseline.fresh, RenderFailure);
  page.AddSection("Still failing", baseline.still, RenderFailure);
  page.AddSection("Fixed", baseline.fixed, RenderName);
}

void AddClauses(const std::vector<ClauseCoverage>& coverage, std::size_t max_bytes,
                SummaryPage& page) {
  std::string rows;
  std::size_t more = 0;
  for (const ClauseCoverage& clause : coverage) {
    // What a protocol asks of answers that did not come is no gap.
    const bool missing = clause.state == ClauseCoverage::State::kMissing &&
                         clause.clause->IsContract() && clause.clause->binds == Binds::kService;
    if (clause.broken_by.empty() && !missing) continue;
    const std::string row = RenderClauseRow(clause);
    if (rows.size() + row.size() > max_bytes) {
      ++more;
    } else {
      rows += row;
    }
  }
  if (rows.empty()) return;
  page.Add("\n## Clauses broken or missing\n\n| clause | strength | state | says |\n");
  page.Add("|---|---|---|---|\n" + rows);
  if (more > 0) page.Add(fmt::format("\n{} more are not shown here.\n", more));
}

}  // namespace

std::string RenderSummary(const RunRecord& record, const SummaryOptions& options) {
  constexpr std::size_t kClauseShare = 6;  // of the page, at most one part in so many
  const std::vector<ClauseCoverage> coverage = ComputeCoverage(record);
  const std::size_t for_clauses = options.max_bytes / kClauseShare;
  SummaryPage page(options.max_bytes - for_clauses);
  AddHead(record, options, page);
  AddCounts(record, coverage, page);
  AddFailures(record, options.baseline, page);
  page.AddReasons("Inconclusive", Select(record, Outcome::kInconclusive));
  page.AddSection("Warnings", Select(record, Outcome::kWarn), RenderFailure);
  page.AddSection("Accepted deviations", Select(record, Outcome::kDeviation), RenderFailure);
  page.AddReasons("Flaky: answered only when asked again", SelectFlaky(record));
  page.AddReasons("Not run", Select(record, Outcome::kNotRun));
  page.AddReasons("Skipped", Select(record, Outcome::kSkip));
  AddClauses(coverage, for_clauses, page);
  return page.Take();
}

}  // namespace conform
