#include "verdict/judge.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/breach_kind.h"
#include "verdict/breach.h"
#include "verdict/protocol_judge.h"
#include "verdict/step_judge.h"

namespace conform {
namespace {

bool Accepts(const Deviation& deviation, const Finding& finding, const Test& test,
             const std::string& profile) {
  const std::string_view row = test.row == nullptr ? "" : std::string_view(test.row->name);
  return deviation.clause == finding.clause.id &&
         NamesTest(deviation.case_id, test.test_case->id, row) &&
         (deviation.actual.empty() || deviation.actual == finding.actual) &&
         (deviation.subject.empty() || NamesBreach(deviation.subject, finding.subject)) &&
         std::find(deviation.profiles.begin(), deviation.profiles.end(), profile) !=
             deviation.profiles.end();
}

const JudgedClause* FindJudged(const Evidence& evidence, const Test& test, const Verdict& verdict) {
  const ClauseKey key = KeyOf(*evidence.clause, *test.plan);
  const auto found = std::find_if(verdict.judged.begin(), verdict.judged.end(),
                                  [&](const JudgedClause& each) { return each.clause == key; });
  return found == verdict.judged.end() ? nullptr : &*found;
}

/// Whether another clause of its step tells of the answer in its place: that of the success which
/// came, of several; or that of a refusal or permission which is broken, told once.
bool IsToldByAnother(const Evidence& evidence, const Test& test, const Verdict& verdict) {
  const auto& all = test.plan->evidence;
  return evidence.role == Role::kAnswer &&
         std::any_of(all.begin(), all.end(), [&](const Evidence& each) {
           if (each.step != evidence.step || each.clause == evidence.clause) return false;
           const JudgedClause* judged = FindJudged(each, test, verdict);
           const bool once = each.role == Role::kRefusal || each.role == Role::kGrant;
           return judged != nullptr && (each.role == Role::kAnswer || (once && !judged->kept));
         });
}

/// The first listed must that no step's answer could keep or break, or null.
const Clause* FindUnjudged(const Test& test, const Verdict& verdict) {
  for (const Evidence& evidence : test.plan->evidence) {
    if (evidence.clause->strength != Strength::kMust) continue;
    if (FindJudged(evidence, test, verdict) != nullptr) continue;
    if (IsToldByAnother(evidence, test, verdict)) continue;
    return evidence.clause;
  }
  return nullptr;
}

/// Within each step: what decides is told before what only adds to it.
void LeadWithMusts(std::vector<Finding>& findings) {
  for (auto begin = findings.begin(); begin != findings.end();) {
    const auto end = std::find_if(begin, findings.end(),
                                  [&](const Finding& each) { return each.step != begin->step; });
    std::stable_partition(begin, end,
                          [](const Finding& each) { return each.strength == Strength::kMust; });
    begin = end;
  }
}

bool HasMust(const Verdict& verdict, std::size_t begin, bool accepted) {
  return std::any_of(verdict.findings.begin() + static_cast<std::ptrdiff_t>(begin),
                     verdict.findings.end(), [accepted](const Finding& each) {
                       return each.strength == Strength::kMust &&
                              each.deviation.empty() != accepted;
                     });
}

}  // namespace

bool HasBrokenMust(const Verdict& verdict, std::size_t begin) {
  return HasMust(verdict, begin, /*accepted=*/false);
}

bool HasAcceptedMust(const Verdict& verdict, std::size_t begin) {
  return HasMust(verdict, begin, /*accepted=*/true);
}

Judge::Judge(const Catalog& catalog, const Deviations& deviations, CheckTable checks,
             JudgeOptions options)
    : deviations_(deviations),
      checks_(std::move(checks)),
      options_(std::move(options)),
      protocols_(catalog, checks_, options_) {}

bool Judge::JudgeStep(const Test& test, const StepFacts& facts, Verdict& verdict) const {
  const std::size_t before = verdict.findings.size();
  conform::JudgeStep(protocols_, checks_, options_, test, facts, verdict);
  ApplyDeviations(test, before, verdict);
  return !HasBrokenMust(verdict, before) && verdict.reason.empty();
}

bool Judge::BreakStep(const Test& test, const StepFacts& facts, const StepBreach& breach,
                      Verdict& verdict) const {
  const std::size_t before = verdict.findings.size();
  conform::BreakStep(protocols_, checks_, options_, test, facts, breach, verdict);
  ApplyDeviations(test, before, verdict);
  return false;
}

void Judge::ApplyDeviations(const Test& test, std::size_t begin, Verdict& verdict) const {
  for (std::size_t i = begin; i < verdict.findings.size(); ++i) {
    Finding& finding = verdict.findings[i];
    for (const Deviation& deviation : deviations_.items) {
      if (!Accepts(deviation, finding, test, options_.profile)) continue;
      finding.deviation = deviation.reason;
      finding.accepted_at.push_back(deviation.place);
    }
  }
}

void Judge::Conclude(const Test& test, Verdict& verdict) const {
  LeadWithMusts(verdict.findings);
  bool must = false;
  bool should = false;
  bool accepted = false;
  for (const Finding& finding : verdict.findings) {
    if (!finding.deviation.empty()) {
      accepted = true;
    } else if (finding.strength == Strength::kMust || options_.strict) {
      must = true;
    } else {
      should = true;
    }
  }
  if (must) {
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

}  // namespace conform
