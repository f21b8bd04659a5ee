// The token that a test's requests are sent with: found, held against what is needed, found anew.
#include "case/expected_statuses.h"
#include "run/people.h"
#include "run/preflight.h"
#include "run/skip_reason.h"
#include "run/test_runner.h"
#include "run/throttle.h"

namespace conform {
namespace {

constexpr int kTokenRefused = 401;

}  // namespace

bool TestRunner::IsSignedHere(IdentityKind kind) const {
  return target_.is_mock() || mocks_own_.count(kind) > 0;
}

FoundToken TestRunner::FindToken(const Test& test, const TestProgress& progress) {
  const Identity& identity = test.test_case->identity;
  auto token = tokens_.Find({identity, progress.permissions, progress.tenant});
  if (!token) return {std::nullopt, Outcome::kInconclusive, token.error().message, ""};
  if (!*token) {
    return {std::nullopt, Outcome::kSkip, WithoutToken(identity.kind, profile_), ""};
  }
  if (**token != progress.scope.token) {
    if (mocks_own_.count(identity.kind) > 0) {
      redactor_.AddNewSecret(**token, "token");
    } else {
      redactor_.AddSecret(**token, "token");
    }
    if (target_.is_tenant()) LearnClaims(**token, redactor_);
  }
  return Examine(test, **std::move(token));
}

FoundToken TestRunner::Examine(const Test& test, std::string token) const {
  // Signed by ourselves, for this very test.
  if (IsSignedHere(test.test_case->identity.kind)) return {std::move(token)};
  TokenFitness fitness = CheckToken(test, token, profile_, clock_.Now());
  if (fitness.trouble.empty()) {
    return {std::move(token), Outcome::kPass, "", std::move(fitness.note)};
  }
  return {std::nullopt, Outcome::kInconclusive, std::move(fitness.trouble), ""};
}

bool TestRunner::RefreshToken(const Test& test, const Step& step, TestProgress& progress) {
  if (!progress.token_aged || IsSignedHere(test.test_case->identity.kind)) return true;
  FoundToken found = FindToken(test, progress);
  if (!step.cleans_up && IsStopped(progress)) return false;
  // What was made is to be taken away, also where no new token is to be had and the old one lasts.
  if (!found.token && step.cleans_up) found = Examine(test, progress.scope.token);
  if (!found.token) return progress.End(Outcome::kInconclusive, std::move(found.reason));
  progress.token_aged = false;
  progress.scope.token = *std::move(found.token);
  progress.unread_token = std::move(found.note);
  return true;
}

bool TestRunner::Renew(const Test& test, StepProgress& step, TestProgress& progress) {
  const Attempt& last = step.exchange.last();
  const bool refused = !target_.is_mock() && last.response && !last.trouble &&
                       last.response->status == kTokenRefused &&
                       !ExpectedStatuses(*step.step, progress.scope).Contains(kTokenRefused);
  const bool may_ask =
      MayBeRepeated(last.request) && IsAccount(test.test_case->identity.kind) && !step.renewed;
  if (!refused || !may_ask || !tokens_.Drop(progress.scope.token)) return false;
  // A test that ends for want of a token is told of the 401 instead: that did happen.
  FoundToken found = FindToken(test, progress);
  if (!found.token || *found.token == progress.scope.token) return false;
  progress.unread_token = std::move(found.note);
  progress.scope.token = *std::move(found.token);
  return step.renewed = true;
}

}  // namespace conform
