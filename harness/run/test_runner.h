// Runs one test: sends its steps in order, has each judged, and keeps a record of it.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "auth/token_source.h"
#include "base/clock.h"
#include "base/redactor.h"
#include "case/test.h"
#include "exchange/pace.h"
#include "profile/profile.h"
#include "record/run_record.h"
#include "run/answer_state.h"
#include "run/effect_allowance.h"
#include "run/stop.h"
#include "run/target.h"
#include "run/tenant_pool.h"
#include "run/test_progress.h"
#include "verdict/judge.h"

namespace conform {

struct RunLimits {
  int allowed_effects = 0;                ///< requests with an effect that may go to a tenant.
  std::chrono::milliseconds patience{0};  ///< how long a test may wait on a tenant.
  bool flaky_fails = false;               ///< a test that passed only by asking again fails.
  bool spares_passes = false;             ///< of tests that pass no exchange is recorded.
  std::string again = "conform run";      ///< a command that runs the same tests again.
  Stop* stop = nullptr;                   ///< once requested, no further step is sent; may be null.
};

/// Its parts outlive it. Safe to use from several threads.
class TestRunner {
 public:
  TestRunner(Target& target, const Judge& judge, TokenSource& tokens, Redactor& redactor,
             Clock& clock, const RunLimits& limits, const Profile& profile);

  TestRecord Run(const Test& test, const StepWatch& watch = {});
  /// In their order; the requests of several, for each of which IsPipelined, go together.
  std::vector<TestRecord> RunJoined(const std::vector<const Test*>& tests);

 private:
  void Begin(const Test& test, TestProgress& progress);
  TestRecord Finish(const Test& test, TestProgress& progress);
  /// Sends what each of them that has begun sends first; what is not answered its step sends again.
  void SendAhead(const std::vector<const Test*>& tests, std::vector<TestProgress>& all);
  bool Prepare(const Test& test, TestProgress& progress);
  /// Whether the identity's token is one of our own, which is good for this test.
  bool IsSignedHere(IdentityKind kind) const;
  FoundToken FindToken(const Test& test, const TestProgress& progress);
  /// Holds it against what the test needs.
  FoundToken Examine(const Test& test, std::string token) const;
  /// Where something was sent or waited for since the token was found: finds it anew, or ends the
  /// test.
  bool RefreshToken(const Test& test, const Step& step, TestProgress& progress);
  /// Ends the test where nothing more is to be sent.
  bool IsStopped(TestProgress& progress);
  void RunSteps(const Test& test, TestProgress& progress);
  void CleanUp(const Test& test, TestProgress& progress);
  bool RunStep(const Test& test, std::size_t index, TestProgress& progress);
  bool RunRequests(const Test& test, StepProgress& step, TestProgress& progress);
  /// Adds the step's last exchange to the record.
  void RecordSent(const Test& test, StepProgress& step, TestProgress& progress);
  /// What of the exchanges stays in the record, now that the outcome is known.
  void SettleEvidence(const Test& test, TestProgress& progress);
  bool SendOnce(const Test& test, StepProgress& step, TestProgress& progress);
  /// What its answer will be judged by.
  void NoteFacts(const Test& test, StepProgress& step, TestProgress& progress);
  void KeepAttempt(Attempt attempt, const Test& test, StepProgress& step, TestProgress& progress);
  bool HandleAnswer(const Test& test, StepProgress& step, TestProgress& progress);
  /// Of an answer that does not meet what the step polls for: asks again, or breaks the step.
  bool PollOn(const Test& test, const PollState& poll, std::chrono::milliseconds spent,
              StepProgress& step, TestProgress& progress);
  /// How long a throttled answer to a request without effect holds it back; nothing: it is judged.
  std::optional<std::chrono::milliseconds> HeldBack(const StepProgress& step,
                                                    const TestProgress& progress) const;
  /// Whether the answer is a 401 that no step expects, of a request without effect, and another
  /// token was got, which has not been tried in this step.
  bool Renew(const Test& test, StepProgress& step, TestProgress& progress);
  bool SendLater(const Test& test, std::chrono::milliseconds wait, StepProgress& step,
                 TestProgress& progress);
  bool FollowPage(const Test& test, StepProgress& step, TestProgress& progress);
  void Wait(std::chrono::milliseconds duration, TestProgress& progress);
  /// Waits for the quiet minutes that the success of that step, which has an effect on a tenant,
  /// asks for; or ends the test.
  bool AwaitQuiet(const Test& test, std::size_t index, TestProgress& progress);
  /// Whether all requests of the test that have an effect on a tenant may go; else it ends.
  bool KeepEffects(const Test& test, TestProgress& progress);
  /// Whether the step's request, which has one, may go; else the test ends.
  bool TakeEffect(StepProgress& step, TestProgress& progress);
  TenantKnowledge KnowledgeOf(const Contract& contract, const TestProgress& progress);
  void RememberSuccess(const Contract& contract, TestProgress& progress);
  /// What the tenant's clock shows.
  std::chrono::system_clock::time_point TenantNow(const TestProgress& progress) const;

  Target& target_;
  const Judge& judge_;
  TokenSource& tokens_;
  Redactor& redactor_;
  Clock& clock_;
  RunLimits limits_;
  const Profile& profile_;
  std::set<IdentityKind> mocks_own_;  ///< identities whose token only this program can make again.
  Pace pace_;
  EffectAllowance effects_;
  TenantPool tenants_;
  std::mutex mutex_;
  std::map<std::string, std::chrono::system_clock::time_point> tenant_successes_;
};

}  // namespace conform
