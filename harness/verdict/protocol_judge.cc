#include "verdict/protocol_judge.h"

#include <algorithm>

#include "verdict/breach.h"
#include "verdict/protocol_checks.h"

namespace conform {
namespace {

constexpr std::string_view kWireCheck = "not_observed";
constexpr std::string_view kChallengeCheck = "challenge_scheme";
constexpr char kNotKept = '-';
constexpr char kKept = '+';

}  // namespace

ProtocolJudge::ProtocolJudge(const Catalog& catalog, const CheckTable& checks,
                             const JudgeOptions& options) {
  for (const ProtocolSet& set : catalog.protocols) {
    for (const ProtocolClause& each : set.clauses) {
      const Strength strength = WeighIn(options.softened, set.name, each.clause.strength);
      if (strength == Strength::kObserve || each.clause.binds != Binds::kService) continue;
      const auto check = checks.protocol.find(each.check);
      if (check == checks.protocol.end()) continue;
      applied_.push_back({&each, strength, check->second, KeyOf(each.clause, nullptr),
                          each.check == kWireCheck, each.when == ExchangeFilter(),
                          each.check == kChallengeCheck ? each.with.value("scheme", "") : ""});
    }
  }
}

bool ProtocolJudge::IsAbout(const Applied& applied, const Attempt& attempt) {
  const ExchangeFilter& when = applied.clause->when;
  if (!attempt.response) return applied.about_bytes && when.status.empty();
  return (!attempt.trouble || applied.about_bytes) && Matches(when, attempt);
}

SharedList<JudgedClause> ProtocolJudge::ListOf(const Kept& kept) const {
  const std::lock_guard lock(mutex_);
  const auto [place, is_new] = lists_.try_emplace(kept);
  if (is_new) {
    std::vector<JudgedClause> list;
    for (std::size_t i = 0; i < applied_.size(); ++i) {
      if (kept[i] == kKept) list.push_back({applied_[i].key, true});
    }
    place->second = std::move(list);
  }
  return place->second;
}

void ProtocolJudge::Judge(const Test& test, const StepFacts& facts, Verdict& verdict) const {
  const Attempt& attempt = facts.exchange->last();
  const Span& place = test.test_case->steps[facts.step].span;
  const Contract& contract = *test.plan->contracts[facts.step];
  // Mostly nothing was judged before and all is kept: then the list is one that others have too.
  bool listed = verdict.judged.empty();
  const bool nothing_odd = attempt.response && attempt.observations.empty();
  Kept kept(applied_.size(), kNotKept);
  for (std::size_t i = 0; i < applied_.size(); ++i) {
    const Applied& each = applied_[i];
    if (nothing_odd && each.about_bytes && each.about_all && listed) {
      kept[i] = kKept;  // what most of them come to
      continue;
    }
    if (!IsAbout(each, attempt)) continue;
    // What asks for Basic, or for a key alone, has no bearer challenge.
    if (!each.scheme.empty() && !contract.TakesScheme(each.scheme)) continue;
    const CheckResult result = each.check(attempt, each.clause->with);
    if (!result.judged) continue;
    if (!result.mismatches.empty()) {
      if (listed) verdict.judged = ListOf(kept);
      listed = false;
      for (const Mismatch& mismatch : result.mismatches) {
        RecordBreach(test, facts.step, each.clause->clause, each.strength, mismatch,
                     Expecter::kContract, place, verdict);
      }
    } else if (attempt.response && listed) {
      kept[i] = kKept;
    } else if (attempt.response) {
      RecordJudged(each.key, true, verdict);
    }
  }
  if (listed) verdict.judged = ListOf(kept);
}

void RecordClientClauses(const CheckTable& checks, const Test& test, const StepFacts& facts,
                         Verdict& verdict) {
  if (!checks.client || !WasSent(facts.exchange->last())) return;
  const Contract& contract = *test.plan->contracts[facts.step];
  const Request& request = facts.exchange->last().request;
  auto& kept = verdict.client_kept;
  for (const Clause& clause : contract.clauses) {
    if (!checks.client(request, contract, clause)) continue;
    ClauseKey key = KeyOf(clause, &contract);
    if (std::find(kept.begin(), kept.end(), key) == kept.end()) kept.push_back(std::move(key));
  }
}

}  // namespace conform
