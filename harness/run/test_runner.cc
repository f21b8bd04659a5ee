#include "run/test_runner.h"

#include <fmt/format.h>

#include <algorithm>

#include "auth/environment_tokens.h"
#include "base/digest.h"
#include "base/permission.h"
#include "run/exchange_record.h"
#include "run/planned_record.h"
#include "run/run_host.h"
#include "run/skip_reason.h"
#include "run/test_scope.h"
#include "run/token_origin.h"

namespace conform {
namespace {

using std::chrono::milliseconds;

/// What a plain identity's token must hold: of each step's operation the least privileged
/// permission. Where the account is not supported, what another account needs, so that the account
/// is all that is wrong.
std::string PermissionsFor(const Test& test) {
  const Identity& identity = test.test_case->identity;
  if (!identity.permission.empty()) return identity.permission;
  std::string permissions;
  for (const Contract* contract : test.plan->contracts) {
    if (contract == nullptr) continue;
    const PermissionRule* rule = nullptr;
    for (const auto& [kind, each] : contract->permissions) {
      if (!each.permissions.empty() && (rule == nullptr || kind == identity.kind)) rule = &each;
    }
    if (rule == nullptr) continue;
    permissions += (permissions.empty() ? "" : " ") + rule->permissions.front();
  }
  return permissions.empty() ? "User.Read" : JoinPermissions(PermissionNames(permissions));
}

/// Whether everything that was sent was answered, so that nothing of it can still take effect.
bool IsAnswered(const TestRecord& record) {
  return std::all_of(
      record.exchanges.begin(), record.exchanges.end(), [](const ExchangeRecord& exchange) {
        return std::all_of(exchange.attempts.begin(), exchange.attempts.end(),
                           [](const AttemptRecord& attempt) { return attempt.trouble.empty(); });
      });
}

bool IsAnswered(const StepProgress& step) {
  return std::all_of(step.exchange.attempts.begin(), step.exchange.attempts.end(),
                     [](const Attempt& attempt) { return !attempt.trouble; });
}

/// Only a mock of our own forgets when it is told to.
std::function<void(std::string_view)> ForgetOn(Target& target) {
  if (!target.is_embedded()) return nullptr;
  return [&target](std::string_view tenant) { target.Forget(tenant); };
}

}  // namespace

TestRunner::TestRunner(Target& target, const Judge& judge, TokenSource& tokens, Redactor& redactor,
                       Clock& clock, const RunLimits& limits, const Profile& profile)
    : target_(target),
      judge_(judge),
      tokens_(tokens),
      redactor_(redactor),
      clock_(clock),
      limits_(limits),
      profile_(profile),
      pace_(profile.limits.requests_per_window, clock),
      effects_(limits.allowed_effects),
      // The embedded mock's tenants end with the process, those of one started alone do not.
      tenants_(target.is_embedded() ? "" : RandomUuid(), ForgetOn(target)) {
  for (const IdentityKind kind : kIdentityKinds) {
    if (IsMocksOwnToken(profile, kind, ProcessEnvironment())) mocks_own_.insert(kind);
  }
}

TestRecord TestRunner::Run(const Test& test, const StepWatch& watch) {
  TestProgress progress;
  progress.watch = watch ? &watch : nullptr;
  Begin(test, progress);
  return Finish(test, progress);
}

void TestRunner::Begin(const Test& test, TestProgress& progress) {
  progress.record = PlannedRecord(test);
  progress.record.steps = PlannedSteps(*test.test_case);
  progress.resumed = progress.record.started = clock_.Now();
  progress.client = &target_.ClientFor(*test.contract);
  progress.permissions = PermissionsFor(test);
  progress.tenant = tenants_.Take(test, progress.permissions);
  progress.begun = Prepare(test, progress) && KeepEffects(test, progress);
}

TestRecord TestRunner::Finish(const Test& test, TestProgress& progress) {
  if (progress.begun) {
    RunSteps(test, progress);
    CleanUp(test, progress);
    effects_.GiveBack(progress.kept_effects);
    Verdict& verdict = progress.record.verdict;
    // What a stopped test found stands; that it found nothing says nothing.
    const bool untold = progress.stopped && verdict.findings.empty();
    if (verdict.outcome != Outcome::kSkip && !untold) judge_.Conclude(test, verdict);
    if (progress.left_behind && verdict.outcome == Outcome::kPass) {
      verdict.outcome = Outcome::kWarn;
    }
    if (limits_.flaky_fails && progress.record.flaky && Passes(verdict.outcome)) {
      verdict.outcome = Outcome::kFail;
    }
    if (!progress.unread_token.empty() && !Passes(verdict.outcome) && progress.refused) {
      progress.notes.push_back(progress.unread_token);
    }
    for (const std::string& note : progress.notes) {
      verdict.reason += (verdict.reason.empty() ? "" : "; ") + note;
    }
  }
  const bool answered =
      IsAnswered(progress.record) && (!progress.unrecorded || IsAnswered(*progress.unrecorded));
  SettleEvidence(test, progress);
  progress.record.duration = progress.spent + std::chrono::duration_cast<std::chrono::microseconds>(
                                                  clock_.Now() - progress.resumed);
  // As every report tells it: what is read again then gives the same bytes.
  progress.record.started = std::chrono::floor<milliseconds>(progress.record.started);
  if (answered && !progress.clock_in_doubt) {
    tenants_.GiveBack(test, progress.permissions, progress.tenant);
  }
  RedactRecord(redactor_, progress.record);
  return std::move(progress.record);
}

void TestRunner::SettleEvidence(const Test& test, TestProgress& progress) {
  if (limits_.spares_passes && progress.record.verdict.outcome == Outcome::kPass) {
    progress.record.exchanges.clear();
  } else if (progress.unrecorded) {
    RecordSent(test, *progress.unrecorded, progress);
  }
}

void TestRunner::RunSteps(const Test& test, TestProgress& progress) {
  const auto& steps = test.test_case->steps;
  std::size_t i = 0;
  while (i < steps.size() && !steps[i].cleans_up && RunStep(test, i, progress)) ++i;
  std::string rest;
  for (std::size_t j = i + 1; j < steps.size() && !steps[j].cleans_up; ++j) {
    progress.record.steps[j].note = fmt::format("the test ended at {}", steps[i].name);
    if (!steps[j].wait) rest += (rest.empty() ? "" : ", ") + steps[j].name;
  }
  if (rest.empty()) return;
  Verdict& verdict = progress.record.verdict;
  const bool accepted = HasAcceptedMust(verdict, 0) && !HasBrokenMust(verdict, 0);
  if (verdict.reason.empty() && accepted) {
    verdict.reason = fmt::format("the accepted deviation at {} ended the case", steps[i].name);
  }
  progress.notes.push_back(fmt::format("not run after {}: {}", steps[i].name, rest));
}

/// Steps of finally are judged apart: of what they find, only breaches of the protocols count.
void TestRunner::CleanUp(const Test& test, TestProgress& progress) {
  const auto& steps = test.test_case->steps;
  if (progress.record.exchanges.empty()) return;  // nothing was sent, so nothing is left
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (!steps[i].cleans_up) continue;
    Verdict own;
    std::swap(own, progress.record.verdict);
    progress.unresolved = false;
    RunStep(test, i, progress);
    std::swap(own, progress.record.verdict);  // `own` is the step's from here on
    Verdict& whole = progress.record.verdict;
    const auto append = [](auto& to, auto& from) { to.insert(to.end(), from.begin(), from.end()); };
    append(whole.findings, own.findings);
    append(whole.observed, own.observed);
    for (const JudgedClause& judged : own.judged) RecordJudged(judged.clause, judged.kept, whole);
    if (own.reason.empty()) continue;
    if (progress.unresolved) progress.record.steps[i].note = own.reason;
    progress.left_behind = true;
    progress.notes.push_back(fmt::format("{} {} ({})", steps[i].name,
                                         progress.unresolved ? "was not run" : "did not clean up",
                                         own.reason));
  }
}

bool TestRunner::IsStopped(TestProgress& progress) {
  if (limits_.stop == nullptr || !limits_.stop->IsRequested()) return false;
  progress.stopped = true;
  progress.End(Outcome::kNotRun, limits_.stop->Reason());
  return true;
}

bool TestRunner::Prepare(const Test& test, TestProgress& progress) {
  FoundToken found = FindToken(test, progress);
  if (!found.token) {
    // That a stopped run got no token says nothing.
    const bool failed = found.outcome == Outcome::kInconclusive;
    if (failed && IsStopped(progress)) return false;
    return progress.End(found.outcome, std::move(found.reason));
  }
  progress.unread_token = std::move(found.note);
  if (!target_.is_mock()) {
    std::string too_long = WaitsTooLong(*test.test_case, limits_.patience);
    if (!too_long.empty()) return progress.End(Outcome::kSkip, std::move(too_long));
  }
  progress.scope = ScopeOf(test, profile_, *std::move(found.token), clock_.Now());
  return true;
}

TenantKnowledge TestRunner::KnowledgeOf(const Contract& contract, const TestProgress& progress) {
  TenantKnowledge known;
  known.exclusive = target_.is_mock();
  known.clock_in_doubt = progress.clock_in_doubt;
  const auto since = [&](const auto& successes, milliseconds moved) {
    const auto last = successes.find(contract.operation);
    if (last == successes.end()) return;
    known.since_success =
        std::chrono::duration_cast<milliseconds>(clock_.Now() - last->second) + moved;
  };
  if (target_.is_mock()) {
    since(progress.successes, progress.moved);
  } else {
    const std::lock_guard lock(mutex_);
    since(tenant_successes_, milliseconds(0));
  }
  return known;
}

void TestRunner::RememberSuccess(const Contract& contract, TestProgress& progress) {
  if (target_.is_mock()) {
    progress.successes[contract.operation] = clock_.Now() + progress.moved;
    return;
  }
  const std::lock_guard lock(mutex_);
  tenant_successes_[contract.operation] = clock_.Now();
}

}  // namespace conform
