#include "run/exit_code.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/breach_kind.h"
#include "base/utf8.h"
#include "record/accepted_deviation.h"
#include "record/coverage.h"
#include "record/known_failures.h"
#include "record/population.h"
#include "report/shared_cause.h"

namespace conform {
namespace {

using Reasons = std::vector<std::string>;

/// Whether the test, which broke the clause, may have broken what the deviation accepts: at its
/// place, with whatever value; or where another breach, of the status or of what the place lies in,
/// has nobody look there.
bool MayBreakWhatIsAccepted(const DeviationRecord& deviation, const TestRecord& test) {
  if (deviation.subject.empty()) return true;
  const auto& findings = test.verdict.findings;
  return std::any_of(findings.begin(), findings.end(), [&](const Finding& each) {
    return each.clause.id == deviation.clause &&
           (NamesBreach(deviation.subject, each.subject) || each.subject == "status" ||
            each.deviation.empty() ||
            deviation.subject.starts_with(BreachKind(each.subject) + "/"));
  });
}

/// A deviation whose tests kept what was accepted to be broken.
bool NoLongerHappens(const DeviationRecord& deviation, const RunRecord& record) {
  bool kept = false;
  for (const TestRecord& test : record.tests) {
    if (!IsOf(deviation, test)) continue;
    for (const JudgedClause& judged : test.verdict.judged) {
      if (judged.clause.id != deviation.clause) continue;
      if (!judged.kept && MayBreakWhatIsAccepted(deviation, test)) return false;
      kept = true;
    }
  }
  return kept;
}

/// Whether the finding breaks what the deviation names in another way than that accepts. What
/// another deviation accepts counts at the same place, where this one happened nowhere.
bool IsOtherActual(const Finding& finding, const DeviationRecord& deviation, bool happened) {
  if (finding.clause.id != deviation.clause || IsAcceptedBy(finding, deviation)) return false;
  if (finding.deviation.empty()) return true;
  return !happened &&
         (deviation.subject.empty() || NamesBreach(deviation.subject, finding.subject));
}

/// What of a clause was broken in another way than a deviation accepts: else nobody would see why
/// it accepted nothing.
void FindOtherActuals(const RunRecord& record, Reasons& reasons) {
  const TestRecords& tests = record.tests;
  for (const DeviationRecord& deviation : record.header.deviations) {
    const bool happened = std::any_of(tests.begin(), tests.end(), [&](const TestRecord& test) {
      return Happened(deviation, test);
    });
    for (const TestRecord& test : tests) {
      const auto& findings = test.verdict.findings;
      const auto other = std::find_if(findings.begin(), findings.end(), [&](const Finding& each) {
        return IsOtherActual(each, deviation, happened);
      });
      if (other == findings.end() || !IsOf(deviation, test)) continue;
      const bool any_value = deviation.actual.empty();
      const auto tell = [&](std::string_view subject, std::string_view actual) {
        const std::string value = any_value ? "any value" : fmt::format("'{}'", actual);
        return deviation.subject.empty() ? value : fmt::format("{} of {}", value, subject);
      };
      reasons.push_back(fmt::format("{}: the deviation of {} accepts {}, not {}", deviation.place,
                                    deviation.clause, tell(deviation.subject, deviation.actual),
                                    tell(other->subject, other->actual)));
      break;
    }
  }
}

/// Whether every case there is was judged: else one that was not may show what the others do not.
bool JudgedAll(const RunRecord& record) {
  const RunHeader& header = record.header;
  return header.shard_count == 1 && header.selected == header.population &&
         std::none_of(header.left_out.begin(), header.left_out.end(),
                      [](const LeftOutRecord& each) { return each.by == kLeftOutByPath; }) &&
         std::all_of(record.tests.begin(), record.tests.end(),
                     [](const TestRecord& test) { return IsConclusive(test.verdict.outcome); });
}

Reasons FindBadInput(const RunRecord& record) {
  Reasons reasons;
  if (record.header.selected == 0) {
    reasons.push_back(record.header.population == 0
                          ? "there is no test of these cases by an edition in force"
                          : "the filter selects no test");
  }
  for (const DeviationRecord& deviation : record.header.deviations) {
    if (deviation.overdue) {
      reasons.push_back(fmt::format("{}: the deviation of {} was to be reviewed by {}",
                                    deviation.place, deviation.clause, deviation.review));
    }
    if ((deviation.case_id != "*" || JudgedAll(record)) && NoLongerHappens(deviation, record)) {
      reasons.push_back(fmt::format("{}: the deviation of {} no longer happens: remove it",
                                    deviation.place, deviation.clause));
    }
  }
  return reasons;
}

bool IsJudged(const std::string& clause, const RunRecord& record) {
  for (const TestRecord& test : record.tests) {
    for (const JudgedClause& judged : test.verdict.judged) {
      if (judged.clause.id == clause) return true;
    }
  }
  return false;
}

/// What is accepted explains why a test reached no success: a deviation, and where failures are
/// accepted one that it had before.
void FindUnreached(const RunRecord& record, bool accepts_failures, Reasons& reasons) {
  std::set<std::string> expected;
  std::set<std::string> reached;
  for (const TestRecord& test : record.tests) {
    const Outcome outcome = test.verdict.outcome;
    const bool explained =
        outcome == Outcome::kDeviation || (accepts_failures && outcome == Outcome::kFail);
    if (!test.expects_success.empty() && !explained) expected.insert(test.expects_success);
    reached.insert(test.verdict.reached_success.begin(), test.verdict.reached_success.end());
    const auto& findings = test.verdict.findings;
    if (std::any_of(findings.begin(), findings.end(), IsAcceptedSuccess)) {
      reached.insert(test.expects_success);
    }
  }
  for (const std::string& operation : expected) {
    if (reached.count(operation) == 0) {
      reasons.push_back(fmt::format("no test reached the success answer of {}", operation));
    }
  }
  for (const std::string& clause : record.header.requires_clauses) {
    if (!IsJudged(clause, record)) {
      reasons.push_back(
          fmt::format("clause {}, which the profile requires, was not judged", clause));
    }
  }
}

/// With the cause, where most of them share one.
std::string DescribeInconclusive(const RunRecord& record) {
  const std::size_t count = CountTests(record, Outcome::kInconclusive);
  std::string text = fmt::format("{} of {} tests inconclusive", count, record.tests.size());
  const SharedCause cause = FindSharedCause(record);
  if (cause.text.empty()) return text;
  if (cause.tests < count) text += fmt::format(", {} of them", cause.tests);
  return text + ": " + ShowLine(cause.text);
}

Reasons FindCouldNotTell(const RunRecord& record, bool whole, bool accepts_failures) {
  Reasons reasons;
  if (CountTests(record, Outcome::kInconclusive) > 0) {
    reasons.push_back(DescribeInconclusive(record));
  }
  if (const std::size_t count = CountTests(record, Outcome::kNotRun); count > 0) {
    reasons.push_back(fmt::format("{} of {} tests did not run", count, record.tests.size()));
  }
  if (!JudgesContractClause(record)) {
    // That no success was reached follows.
    reasons.push_back(CountTests(record, Outcome::kSkip) == record.tests.size()
                          ? "every test was skipped"
                          : "no clause of a contract was judged");
    return reasons;
  }
  if (whole) FindUnreached(record, accepts_failures, reasons);
  return reasons;
}

std::size_t CountNewFailures(const RunRecord& record, const RunRecord& baseline) {
  const KnownFailures known(baseline);
  return static_cast<std::size_t>(std::count_if(
      record.tests.begin(), record.tests.end(),
      [&](const TestRecord& test) { return known.IsNew(test, record.header.strict); }));
}

}  // namespace

RunConclusion Conclude(const RunRecord& record, const RunRecord* baseline) {
  const bool whole = record.header.shard_count == 1;
  Reasons bad = FindBadInput(record);
  const std::size_t failed = CountTests(record, Outcome::kFail);
  const std::size_t fresh = baseline == nullptr ? failed : CountNewFailures(record, *baseline);
  std::string failure = fmt::format("{} of {} tests failed", failed, record.tests.size());
  if (baseline != nullptr) {
    failure += fresh == 0 ? ", each as in the baseline"
                          : fmt::format(", {} as not in the baseline", fresh);
  }
  if (!bad.empty()) {
    if (failed > 0) bad.push_back(std::move(failure));
    return {ExitCode::kBadInput, std::move(bad)};
  }
  if (!whole && record.tests.empty()) return {ExitCode::kConforms, {"no test falls to this shard"}};
  if (fresh > 0) {
    Reasons reasons = {std::move(failure)};
    FindOtherActuals(record, reasons);
    return {ExitCode::kNonconformance, std::move(reasons)};
  }
  Reasons untold = FindCouldNotTell(record, whole, /*accepts_failures=*/baseline != nullptr);
  if (!untold.empty()) return {ExitCode::kCouldNotTell, std::move(untold)};
  Reasons reasons;
  if (failed > 0) reasons.push_back(std::move(failure));
  FindOtherActuals(record, reasons);
  return {ExitCode::kConforms, std::move(reasons)};
}

std::string_view NameOf(ExitCode code) {
  switch (code) {
    case ExitCode::kConforms:
      return "conforms";
    case ExitCode::kNonconformance:
      return "nonconformance";
    case ExitCode::kBadInput:
      return "bad input";
    case ExitCode::kCouldNotTell:
      return "could not tell";
  }
  return "could not tell";
}

}  // namespace conform
