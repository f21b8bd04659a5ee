#include "report/html_verdict.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/count_text.h"
#include "base/date.h"
#include "base/utf8.h"
#include "record/population.h"
#include "report/mock_text.h"
#include "report/shared_cause.h"

namespace conform {
namespace {

/// By exit code: the word, how the sentence begins, and its class.
struct Stamp {
  std::string_view stamp;
  std::string_view kind;
};
constexpr std::array<Stamp, 4> kStamps = {{{"PASSED", "pass"},
                                           {"FAILED", "fail"},
                                           {"BAD INPUT", "fail"},
                                           {"COULD NOT TELL", "inconclusive"}}};

const Stamp& FormOf(const Conclusion& conclusion) {
  const bool known = conclusion.exit_code >= 0 && conclusion.exit_code <= 3;
  return kStamps[known ? static_cast<std::size_t>(conclusion.exit_code) : 3];
}

/// Clauses that were judged, and of them broken.
struct Promises {
  std::size_t judged = 0;
  std::size_t broken = 0;
};

Promises CountPromises(const HtmlRun& run) {
  Promises count;
  for (const ClauseCoverage& entry : run.coverage) {
    count.judged += entry.state == ClauseCoverage::State::kJudged ? 1 : 0;
    count.broken += entry.broken_by.empty() ? 0 : 1;
  }
  return count;
}

/// `; 3 of 40 tests failed`, and how many of them as in the baseline.
std::string DescribeFailed(const HtmlRun& run) {
  const Baseline& baseline = run.baseline;
  std::string text = fmt::format("; {} of {} failed", CountTests(run.record, Outcome::kFail),
                                 CountOf(run.record.tests.size(), "test"));
  if (!baseline) return text;
  const std::string fresh =
      baseline.fresh.empty() ? "each" : fmt::format("all but {}", baseline.fresh.size());
  return text + fmt::format(", {} as in the baseline, the run of {}",
                            baseline.still.empty() ? "none" : fresh, baseline.Began());
}

/// `: no connection to …`, where that ended most of the tests; else empty.
std::string DescribeCause(const RunRecord& record) {
  const SharedCause cause = FindSharedCause(record);
  const bool most = !cause.text.empty() && 2 * cause.tests > record.tests.size();
  return most ? ": " + ShowLine(cause.text) : "";
}

/// On a mock, and what that proves.
std::string DescribeWhoAnswered(const RunHeader& header) {
  if (header.target == kEmbeddedMock) {
    return "A mock made from the contracts answered. A pass proves that cases, checks and harness "
           "work.";
  }
  return fmt::format("{}, on this machine, answered. A pass proves what it answered.",
                     ShowLine(header.target));
}

/// `It proves …`: of the service or of the mock.
std::string DescribeProof(const HtmlRun& run) {
  const CoverageCount count = CountContractClauses(run.coverage);
  std::string rest =
      count.judged == count.promised
          ? fmt::format("All {} were judged.", CountOf(count.promised, "contract clause"))
          : fmt::format("{} of {} were judged; of the rest it says nothing.", count.judged,
                        CountOf(count.promised, "contract clause"));
  const std::size_t judged = CountPromises(run).judged;
  if (judged > count.judged) {
    rest +=
        fmt::format(" With {} they make the {} judged.",
                    CountOf(judged - count.judged, "protocol clause"), CountOf(judged, "promise"));
  }
  if (!WasAnswered(run.record)) return "It proves nothing: no answer came. " + rest;
  if (!AsksTheService(run.record.header)) {
    return DescribeWhoAnswered(run.record.header) +
           " It does not prove that the service keeps one promise. " + rest;
  }
  return fmt::format(
      "It proves what {} answered to these requests at these times. It does not prove what other "
      "requests, tenants or times would see. {}",
      ShowLine(run.record.header.target), rest);
}

/// What makes the run less than the whole population, each in a sentence.
std::vector<std::string> DescribeBounds(const RunRecord& record) {
  const RunHeader& header = record.header;
  std::vector<std::string> bounds;
  if (!record.complete) {
    bounds.emplace_back("The run was ended early: this is what it left.");
  }
  if (header.selected != header.population) {
    bounds.push_back(fmt::format("{} of {} were selected.", header.selected,
                                 CountOf(header.population, "test")));
  }
  if (header.shard_count > 1) {
    bounds.push_back(fmt::format("This is shard {} of {}, counted from 0.", header.shard_index,
                                 header.shard_count));
  }
  return bounds;
}

void WriteCounts(const RunRecord& record, HtmlWriter& out) {
  const auto list = out.Open("ul", {{"class", "counts"}});
  for (const Outcome outcome : kOutcomes) {
    const std::size_t count = CountTests(record, outcome);
    if (count == 0) continue;
    const auto item = out.Open("li", {{"class", NameOf(outcome)}});
    out.Leaf("b", std::to_string(count));
    out.Text(fmt::format(" {}", ProseOf(outcome)));
  }
}

}  // namespace

std::string_view StampOf(const Conclusion& conclusion) { return FormOf(conclusion).stamp; }

std::string RenderVerdictSentence(const HtmlRun& run) {
  const Promises count = CountPromises(run);
  const std::string_view who = TargetNoun(run.record.header);
  const std::string promises = CountOf(count.judged, "promise");
  switch (run.conclusion.exit_code) {
    case 0:
      if (count.judged == 0) return "Passed: no test falls to this shard.";
      if (count.broken == 0) {
        return fmt::format("Passed: {} kept each of the {} that {} judged.", who, promises,
                           count.judged == 1 ? "was" : "were");
      }
      return fmt::format(
          "Passed: {} broke {} of the {} judged{}.", who, count.broken, promises,
          run.baseline.still.empty() ? ", each only advised or accepted" : DescribeFailed(run));
    case 1:
      return fmt::format("Failed: {} broke {} of the {} judged{}.", who, count.broken, promises,
                         DescribeFailed(run));
    case 2:
      return fmt::format("No valid verdict: a file or an option must be put right first{}.",
                         CountTests(run.record, Outcome::kFail) == 0 ? "" : DescribeFailed(run));
    default:
      return fmt::format("Could not tell whether {} keeps its promises{}.", who,
                         DescribeCause(run.record));
  }
}

void WriteMockBand(const RunHeader& header, HtmlWriter& out) {
  const auto band = out.Open("p", {{"class", "mock"}});
  out.Leaf("strong", fmt::format("{}: THE REAL SERVICE WAS NOT ASKED", StampOfMock(header)));
}

void WriteVerdict(const HtmlRun& run, HtmlWriter& out) {
  const RunRecord& record = run.record;
  const auto header = out.Open("header", {{"class", FormOf(run.conclusion).kind}});
  {
    const auto stamp = out.Open("p", {{"class", "stamp"}});
    out.Leaf("strong", StampOf(run.conclusion));
  }
  if (!AsksTheService(record.header)) WriteMockBand(record.header, out);
  out.Leaf("h1", RenderVerdictSentence(run));
  out.Leaf("p", DescribeProof(run), {{"class", "proof"}});
  if (run.baseline) out.Leaf("p", run.baseline.Describe());
  for (const std::string& bound : DescribeBounds(record)) {
    const auto line = out.Open("p");
    out.Leaf("strong", bound);
  }
  WriteCounts(record, out);
  out.Leaf("p",
           fmt::format("Exit code {}: {}. Target {}, profile {}, {} in {}.",
                       run.conclusion.exit_code, ShowLine(run.conclusion.meaning, 1'000),
                       ShowLine(record.header.target), ShowLine(record.header.profile),
                       FormatTimestamp(record.header.started), ShowDuration(record.duration)),
           {{"class", "when"}});
}

}  // namespace conform
