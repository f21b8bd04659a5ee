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

void JudgeProtocols(const Catalog& catalog, const CheckTable& checks, const JudgeOptions& options,
                    const Test& test, const StepFacts& facts, Verdict& verdict) {
  const Attempt& attempt = facts.exchange->last();
  const Span& place = test.test_case->steps[facts.step].span;
  for (const ProtocolSet& set : catalog.protocols) {
    for (const ProtocolClause& each : set.clauses) {
      const Strength strength = WeighIn(options.softened, set.name, each.clause.strength);
      if (strength == Strength::kObserve || each.clause.binds != Binds::kService) continue;
      const auto check = checks.protocol.find(each.check);
      if (check == checks.protocol.end() || !IsAbout(each, attempt)) continue;
      const CheckResult result = check->second(attempt, each.with);
      if (!result.judged) continue;
      if (result.mismatch) {
        RecordBreach(test, facts.step, each.clause, strength, *result.mismatch, place, verdict);
      } else if (attempt.response) {
        RecordJudged(KeyOf(each.clause, nullptr), true, verdict);
      }
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
