#include "report/console.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/count_text.h"
#include "base/utf8.h"
#include "record/population.h"
#include "report/finding_text.h"
#include "report/mock_text.h"

namespace conform {
namespace {

constexpr std::size_t kMaxClauses = 10;  // of each kind that the summary names
constexpr std::size_t kMaxReasons = 10;  // for which tests were not run

constexpr std::array<std::pair<Outcome, std::string_view>, kOutcomes.size()> kColours = {
    {{Outcome::kPass, "\x1b[32m"},
     {Outcome::kDeviation, "\x1b[34m"},
     {Outcome::kWarn, "\x1b[33m"},
     {Outcome::kInconclusive, "\x1b[35m"},
     {Outcome::kFail, "\x1b[1;31m"},
     {Outcome::kSkip, "\x1b[36m"},
     {Outcome::kNotRun, "\x1b[36m"}}};
constexpr std::string_view kPlain = "\x1b[0m";

std::string_view ColourOf(Outcome outcome) {
  for (const auto& [candidate, colour] : kColours) {
    if (candidate == outcome) return colour;
  }
  return "";
}

/// `42 tests in 0.31 s: 40 pass, 2 fail; 1 of them flaky, …`.
std::string RenderCounts(const RunRecord& record) {
  const double seconds = std::chrono::duration<double>(record.duration).count();
  std::string text = fmt::format("{} in {:.2f} s", CountOf(record.tests.size(), "test"), seconds);
  std::string_view separator = ": ";
  for (const Outcome outcome : kOutcomes) {
    const std::size_t count = CountTests(record, outcome);
    if (count == 0) continue;
    std::string name(NameOf(outcome));
    std::replace(name.begin(), name.end(), '_', ' ');
    text += fmt::format("{}{} {}", separator, count, name);
    separator = ", ";
  }
  const auto flaky = std::count_if(record.tests.begin(), record.tests.end(),
                                   [](const TestRecord& test) { return test.flaky; });
  if (flaky > 0) text += fmt::format("; {} of them flaky, answered only when asked again", flaky);
  return text + '\n';
}

/// Why tests were not run, the most frequent reason first:
/// `  204 skip     no token for delegated_work: …`.
std::string RenderUnrun(const RunRecord& record) {
  std::map<std::pair<Outcome, std::string>, std::size_t> counts;
  for (const TestRecord& test : record.tests) {
    if (WasRun(test.verdict.outcome) || test.verdict.reason.empty()) continue;
    ++counts[{test.verdict.outcome, test.verdict.reason}];
  }
  std::vector<std::pair<std::size_t, std::string>> reasons;
  for (const auto& [why, count] : counts) {
    const std::string_view word = why.first == Outcome::kSkip ? "skip" : "not run";
    reasons.emplace_back(count, fmt::format("{:>5} {:<8} {}\n", count, word, ShowLine(why.second)));
  }
  std::stable_sort(reasons.begin(), reasons.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::string text;
  std::size_t left = 0;
  for (std::size_t i = 0; i < reasons.size(); ++i) {
    if (i < kMaxReasons) text += reasons[i].second;
    if (i >= kMaxReasons) left += reasons[i].first;
  }
  if (left > 0) text += fmt::format("{:>5} for other reasons\n", left);
  return text;
}

/// Nothing where the run is the whole population.
std::string RenderSelection(const RunHeader& header) {
  std::string text;
  if (header.selected != header.population) {
    text +=
        fmt::format("selected: {} of {}\n", header.selected, CountOf(header.population, "test"));
  }
  if (header.shard_count > 1) {
    text +=
        fmt::format("shard: {} of {}, counted from 0\n", header.shard_index, header.shard_count);
  }
  return text;
}

std::string NameClause(const ClauseRecord& clause) {
  std::string name = ShowLine(clause.key.id);
  if (clause.IsContract()) name += fmt::format(" ({})", ShowLine(clause.key.edition));
  return name;
}

/// `  broken   sync.response.204 (2019-01), by suite.name and 2 more`.
std::string RenderBroken(const ClauseCoverage& entry) {
  std::string line =
      fmt::format("  broken   {}, by {}", NameClause(*entry.clause), ShowLine(entry.broken_by[0]));
  if (entry.broken_by.size() > 1) line += fmt::format(" and {} more", entry.broken_by.size() - 1);
  return line + '\n';
}

std::string JoinFirst(const std::vector<std::string>& lines, std::string_view what) {
  std::string text;
  for (std::size_t i = 0; i < std::min(lines.size(), kMaxClauses); ++i) text += lines[i];
  if (lines.size() > kMaxClauses) {
    text += fmt::format("  {:<8} {} more\n", what, lines.size() - kMaxClauses);
  }
  return text;
}

/// The clauses that the run answers for, and which of them it cannot or did not.
std::string RenderClauses(const std::vector<ClauseCoverage>& coverage) {
  using State = ClauseCoverage::State;
  std::vector<std::string> broken;
  std::vector<std::string> missing;
  std::size_t untested = 0;
  for (const ClauseCoverage& entry : coverage) {
    if (!entry.broken_by.empty()) broken.push_back(RenderBroken(entry));
    const ClauseRecord& clause = *entry.clause;
    if (!clause.IsContract() || clause.binds != Binds::kService) continue;
    untested += entry.state == State::kUntested ? 1 : 0;
    if (entry.state != State::kMissing) continue;
    missing.push_back(fmt::format("  missing  {}\n", NameClause(clause)));
  }
  const CoverageCount count = CountContractClauses(coverage);
  return fmt::format("contract clauses: {} judged of {} promised, {} untested, {} missing\n{}{}",
                     count.judged, count.promised, untested, missing.size(),
                     JoinFirst(broken, "broken"), JoinFirst(missing, "missing"));
}

std::string RenderEditions(const RunHeader& header) {
  std::vector<std::string> lines;
  for (const LeftOutRecord& left : header.left_out) {
    if (left.by.rfind(kEditionNotInForce, 0) != 0) continue;
    lines.push_back(fmt::format("  unasked  {}, {}\n", ShowLine(left.what), ShowLine(left.by)));
  }
  return JoinFirst(lines, "unasked");
}

std::string RenderReports(const std::vector<std::string>& reports) {
  std::string text;
  for (const std::string& path : reports) {
    text += fmt::format("{:<9}{}\n", text.empty() ? "reports:" : "", ShowLine(path));
  }
  return text;
}

}  // namespace

std::string Console::RenderTest(const TestRecord& test) {
  const Outcome outcome = test.verdict.outcome;
  std::string line(colour_ ? ColourOf(outcome) : "");
  line.append(WordOf(outcome)).append(colour_ ? kPlain : "").append("  ");
  line += IsToldAgain(test.verdict)
              ? fmt::format("{}: {}", ShowLine(test.Id()), ShowLine(test.verdict.reason, 40))
              : RenderTestName(test);
  line += '\n';
  return line + RenderFindings(test, &redactor_);
}

bool Console::IsToldAgain(const Verdict& verdict) {
  return !WasRun(verdict.outcome) && !verdict.reason.empty() &&
         !reasons_.insert(verdict.reason).second;
}

void Console::Summary(const RunRecord& record, const std::vector<ClauseCoverage>& coverage,
                      const Conclusion& conclusion) {
  out_ << '\n' << RenderCounts(record) << RenderUnrun(record) << RenderSelection(record.header);
  if (!record.complete) out_ << "The run was ended early: this is what it left.\n";
  out_ << RenderClauses(coverage) << RenderEditions(record.header)
       << RenderReports(conclusion.reports);
  if (!AsksTheService(record.header)) out_ << DescribeMockRun(record.header) << '\n';
  const CoverageCount count = CountContractClauses(coverage);
  out_ << fmt::format("exit code {}: {}; {} of {} contract clauses judged\n", conclusion.exit_code,
                      ShowLine(conclusion.meaning, 1'000), count.judged, count.promised);
  out_.flush();
}

}  // namespace conform
