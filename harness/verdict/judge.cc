#include "verdict/judge.h"

#include <fmt/format.h>

#include <algorithm>

#include "verdict/breach.h"
#include "verdict/protocol_judge.h"
#include "verdict/step_judge.h"

namespace conform {
namespace {

bool Accepts(const Deviation& deviation, const Finding& finding, const Test& test,
             const std::string& profile) {
  const std::string case_id =
      test.row == nullptr ? test.test_case->id : test.test_case->id + "/" + test.row->name;
  return deviation.clause == finding.clause.id &&
         (deviation.case_id == "*" || deviation.case_id == case_id) &&
         deviation.actual == finding.actual &&
         std::find(deviation.profiles.begin(), deviation.profiles.end(), profile) !=
             deviation.profiles.end();
}

/// The first listed must that no step's answer could keep or break, or null.
const Clause* FindUnjudged(const Test& test, const Verdict& verdict) {
  for (const Evidence& evidence : test.plan->evidence) {
    if (evidence.clause->strength != Strength::kMust) continue;
    const ClauseKey key = KeyOf(*evidence.clause, *test.plan);
    const bool judged = std::any_of(verdict.judged.begin(), verdict.judged.end(),
                                    [&](const JudgedClause& each) { return each.clause == key; });
    if (!judged) return evidence.clause;
  }
  return nullptr;
}

}  // namespace

Judge::Judge(const Catalog& catalog, const Deviations& deviations, CheckTable checks,
             JudgeOptions options)
    : deviations_(deviations),
      checks_(std::move(checks)),
      options_(std::move(options)),
      protocols_(catalog, checks_, options_) {}

bool Judge::JudgeStep(const Test& test, const StepFacts& facts, Verdict& verdict) const {
  return conform::JudgeStep(protocols_, checks_, options_, test, facts, verdict);
}

bool Judge::BreakStep(const Test& test, const StepFacts& facts, const StepBreach& breach,
                      Verdict& verdict) const {
  return conform::BreakStep(protocols_, checks_, options_, test, facts, breach, verdict);
}

void Judge::Conclude(const Test& test, Verdict& verdict) const {
  bool must = false;
  bool should = false;
  bool accepted = false;
  for (Finding& finding : verdict.findings) {
    for (const Deviation& deviation : deviations_.items) {
      if (Accepts(deviation, finding, test, options_.profile)) finding.deviation = deviation.reason;
    }
    if (!finding.deviation.empty()) {
      accepted = true;
    } else if (finding.strength == Strength::kMust || options_.strict) {
      must = true;
    } else {
      should = true;
    }
  }
  if (must) {
    verdict.reason.clear();
    verdict.outcome = Outcome::kFail;
    return;
  }
  const Clause* unjudged = FindUnjudged(test, verdict);
  if (verdict.reason.empty() && unjudged != nullptr) {
    verdict.reason = fmt::format("the answer neither keeps nor breaks {}", unjudged->id);
  }
  verdict.outcome = !verdict.reason.empty() ? Outcome::kInconclusive
                    : should                ? Outcome::kWarn
                    : accepted              ? Outcome::kDeviation
                                            : Outcome::kPass;
}

void RequireChecks(const Catalog& catalog, const CheckTable& checks, Diagnostics& diagnostics) {
  for (const ProtocolSet& set : catalog.protocols) {
    for (const ProtocolClause& each : set.clauses) {
      if (each.check.empty() || checks.protocol.count(each.check) > 0) continue;
      std::string known;
      for (const auto& [name, unused] : checks.protocol)
        known += (known.empty() ? "" : ", ") + name;
      diagnostics.Add(*set.source, each.clause.span,
                      fmt::format("clause '{}' names no check: '{}'", each.clause.id, each.check),
                      "there is " + known);
    }
  }
}

}  // namespace conform
