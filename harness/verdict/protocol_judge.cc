#include "verdict/protocol_judge.h"

#include <algorithm>

#include "verdict/breach.h"
#include "verdict/protocol_checks.h"

namespace conform {
namespace {

constexpr std::string_view kWireCheck = "not_observed";

bool IsAbout(const ProtocolClause& clause, const Attempt& attempt) {
  const bool wire = clause.check == kWireCheck;
  if (!attempt.response) return wire && clause.when.status.empty();
  return Matches(clause.when, attempt) && (!attempt.trouble || wire);
}

}  // namespace

std::vector<AppliedClause> ApplyProtocols(const Catalog& catalog, const CheckTable& checks,
                                          const JudgeOptions& options) {
  std::vector<AppliedClause> applied;
  for (const ProtocolSet& set : catalog.protocols) {
    for (const ProtocolClause& each : set.clauses) {
      const Strength strength = WeighIn(options.softened, set.name, each.clause.strength);
      if (strength == Strength::kObserve || each.clause.binds != Binds::kService) continue;
      const auto check = checks.protocol.find(each.check);
      if (check == checks.protocol.end()) continue;
      applied.push_back({&each, strength, check->second, KeyOf(each.clause, nullptr)});
    }
  }
  return applied;
}

void JudgeProtocols(const std::vector<AppliedClause>& applied, const Test& test,
                    const StepFacts& facts, Verdict& verdict) {
  const Attempt& attempt = facts.exchange->last();
  const Span& place = test.test_case->steps[facts.step].span;
  // Each clause comes once: where nothing was judged before, none need be looked for.
  const bool first = verdict.judged.empty();
  if (first) verdict.judged.Own().reserve(applied.size() + 2);
  for (const AppliedClause& each : applied) {
    if (!IsAbout(*each.clause, attempt)) continue;
    const CheckResult result = each.check(attempt, each.clause->with);
    if (!result.judged) continue;
    if (result.mismatch) {
      RecordBreach(test, facts.step, each.clause->clause, each.strength, *result.mismatch, place,
                   verdict);
    } else if (attempt.response && first) {
      verdict.judged.push_back({each.key, true});
    } else if (attempt.response) {
      RecordJudged(each.key, true, verdict);
    }
  }
}

void RecordClientClauses(const CheckTable& checks, const Test& test, const StepFacts& facts,
                         Verdict& verdict) {
  if (!checks.client) return;
  const Contract& contract = *test.plan->contracts[facts.step];
  const Request& request = facts.exchange->last().request;
  auto& kept = verdict.client_kept;
  for (const Clause& clause : contract.clauses) {
    const ClauseKey key = KeyOf(clause, &contract);
    if (checks.client(request, contract, clause) &&
        std::find(kept.begin(), kept.end(), key) == kept.end()) {
      kept.push_back(key);
    }
  }
}

}  // namespace conform
