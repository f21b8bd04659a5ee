// The steps of a test: what is sent, waited for, polled and followed.
#include <fmt/format.h>

#include <utility>

#include "base/duration.h"
#include "case/expected_statuses.h"
#include "run/answer_state.h"
#include "run/effect.h"
#include "run/exchange_record.h"
#include "run/request_builder.h"
#include "run/run_secrets.h"
#include "run/step_request.h"
#include "run/test_runner.h"
#include "run/throttle.h"

namespace conform {
namespace {

using std::chrono::milliseconds;

constexpr int kUnauthorized = 401;
constexpr int kForbidden = 403;

milliseconds Since(std::chrono::system_clock::time_point began,
                   std::chrono::system_clock::time_point now) {
  return std::chrono::duration_cast<milliseconds>(now - began);
}

/// Whole seconds: what is compared between runs shall not differ by chance.
std::string Seconds(milliseconds duration) {
  return FormatDuration(std::chrono::round<std::chrono::seconds>(duration));
}

/// The single-request form has no steps to tell of.
void NoteDone(std::size_t index, TestProgress& progress) {
  if (index < progress.record.steps.size()) progress.record.steps[index].done = true;
}

/// An answer that came only by asking again is one that cannot be counted on.
void TellRetries(bool refused, StepProgress& step, TestProgress& progress) {
  const auto tell = [&](std::string again, std::string waited_out) {
    progress.notes.push_back(refused ? std::move(again) : "flaky: " + std::move(waited_out));
    progress.record.flaky = progress.record.flaky || !refused;
  };
  if (step.throttled > 0) {
    const std::string times =
        step.throttled == 1 ? "once" : fmt::format("{} times", step.throttled);
    tell(fmt::format("asked again {} in {}", times, Seconds(step.held)),
         fmt::format("429 or 503 was waited out {} ({})", times, Seconds(step.held)));
  }
  if (step.renewed) {
    tell("asked again once with a new token",
         "the token was answered 401 and a new one was not refused");
  }
  step.renewed = false;
  step.throttled = 0;
  step.held = milliseconds(0);
}

}  // namespace

bool TestRunner::RunStep(const Test& test, std::size_t index, TestProgress& progress) {
  StepProgress step;
  step.step = &test.test_case->steps[index];
  if (step.step->wait) {
    Wait(*step.step->wait, progress);
    NoteDone(index, progress);
    return true;
  }
  if (progress.watch != nullptr) (*progress.watch)(test, *step.step, progress.scope);
  step.facts.step = index;
  step.began = TenantNow(progress);
  const bool goes_on = RunRequests(test, step, progress);
  step.facts = {};  // looks at what goes away
  if (step.exchange.attempts.empty()) return goes_on;
  if (limits_.spares_passes && test.test_case->steps.size() == 1) {
    progress.unrecorded = std::move(step);
  } else {
    RecordSent(test, step, progress);
  }
  return goes_on;
}

bool TestRunner::RunRequests(const Test& test, StepProgress& step, TestProgress& progress) {
  do {
    step.again = false;
    const bool goes_on = SendOnce(test, step, progress) && HandleAnswer(test, step, progress);
    if (!goes_on) return false;
  } while (step.again);
  return true;
}

void TestRunner::RecordSent(const Test& test, StepProgress& step, TestProgress& progress) {
  ExchangeRecord shown = RecordExchange(std::move(step.exchange), progress.client->origin());
  shown.again = !step.curl.empty() ? std::move(step.curl)
                                   : limits_.again + " --gtest_filter='" + test.Id() + "'";
  if (test.test_case->steps.size() > 1) shown.step = step.step->name;
  if (step.step->poll || step.step->settle) {
    shown.after =
        std::chrono::duration_cast<std::chrono::microseconds>(step.sent - progress.record.started);
  }
  progress.record.exchanges.push_back(std::move(shown));
}

bool TestRunner::SendOnce(const Test& test, StepProgress& step, TestProgress& progress) {
  if (progress.sent_ahead) {
    NoteFacts(test, step, progress);
    KeepAttempt(*std::exchange(progress.sent_ahead, std::nullopt), test, step, progress);
    return true;
  }
  const auto& limit = test.test_case->limit;
  if (limit && !step.step->cleans_up && TenantNow(progress) - progress.record.started > *limit) {
    return progress.End(Outcome::kInconclusive,
                        fmt::format("the case's limit of {} is spent", FormatDuration(*limit)));
  }
  if (!step.step->cleans_up && IsStopped(progress)) return false;
  const bool effect =
      target_.is_tenant() && RequestMayHaveEffect(step.step->request, progress.scope);
  if (effect && !AwaitQuiet(test, step.facts.step, progress)) return false;
  if (!RefreshToken(test, *step.step, progress)) return false;
  Expected<Request> request =
      BuildStepRequest(test, step.facts.step, progress.scope, progress.client->origin());
  progress.unresolved = !request;
  if (!request) return progress.End(Outcome::kInconclusive, request.error().message);
  if (effect && !TakeEffect(step, progress)) return false;
  if (!step.page.empty()) request->target = step.page;
  step.pages.insert(request->target);
  NoteFacts(test, step, progress);
  // All attempts of a request are one exchange.
  if (!step.retried && !step.exchange.attempts.empty()) RecordSent(test, step, progress);
  pace_.Enter();
  step.sent = TenantNow(progress);
  KeepAttempt(progress.client->Send(*std::move(request)), test, step, progress);
  return true;
}

void TestRunner::NoteFacts(const Test& test, StepProgress& step, TestProgress& progress) {
  step.facts.known = KnowledgeOf(*test.plan->contracts[step.facts.step], progress);
  step.facts.goes_on = step.facts.tolerated = false;
  step.facts.followed = !step.page.empty();
  step.facts.scope = &progress.scope;
  step.facts.exchange = &step.exchange;
}

void TestRunner::KeepAttempt(Attempt attempt, const Test& test, StepProgress& step,
                             TestProgress& progress) {
  step.exchange.attempts.push_back(std::move(attempt));
  progress.token_aged = true;
  const IdentityKind identity = test.test_case->identity.kind;
  if (!target_.is_embedded() && mocks_own_.count(identity) == 0) {
    step.curl = CurlLine(step.step->request, step.exchange.last().request, progress.scope,
                         progress.client->origin(), identity);
  }
  LearnAttempt(step.exchange.last(), target_.is_tenant(), redactor_);
  if (!step.retried) ++step.answers;
  step.retried = false;
  NoteDone(step.facts.step, progress);
}

/// Judges the answer and says whether the step asks again.
bool TestRunner::HandleAnswer(const Test& test, StepProgress& step, TestProgress& progress) {
  Verdict& verdict = progress.record.verdict;
  const Step& spec = *step.step;
  const auto& response = step.exchange.last().response;
  const bool whole = response && !step.exchange.last().trouble;
  progress.refused =
      response && (response->status == kUnauthorized || response->status == kForbidden);
  const milliseconds spent = Since(step.began, TenantNow(progress));
  if (whole && spec.settle && spec.settle->answers.Contains(response->status) &&
      spent + spec.settle->every <= spec.settle->limit) {
    step.facts.tolerated = true;
    if (!judge_.JudgeStep(test, step.facts, verdict)) return false;
    Wait(spec.settle->every, progress);
    return step.again = true;
  }
  if (const auto wait = HeldBack(step, progress)) return SendLater(test, *wait, step, progress);
  if (Renew(test, step, progress)) return SendLater(test, milliseconds(0), step, progress);
  const bool refused =
      response && (IsThrottled(spec, progress.scope, *response) ||
                   (response->status == kUnauthorized &&
                    !ExpectedStatuses(spec, progress.scope).Contains(kUnauthorized)));
  TellRetries(refused, step, progress);
  const PollState poll =
      whole && spec.poll ? LookAt(*spec.poll, *response, progress.scope) : PollState{};
  step.facts.goes_on = poll.kind != PollState::Kind::kMet;
  const std::size_t before = verdict.findings.size();
  const bool goes_on = judge_.JudgeStep(test, step.facts, verdict);
  const bool accepted = HasAcceptedMust(verdict, before);
  const Contract& contract = *test.plan->contracts[step.facts.step];
  if (HadSuccess(contract, spec.name, step.exchange.last(), verdict)) {
    RememberSuccess(contract, progress);
  }
  if (!goes_on) {
    // What a wrong success names was perhaps made all the same: `finally` can take it away.
    if (whole && step.page.empty()) {
      static_cast<void>(TakeCaptures(spec, *response, redactor_, progress.scope));
    }
    return false;
  }
  const auto observe = [&](std::string name, std::string value) {
    verdict.observed.push_back({spec.name, std::move(name), std::move(value)});
  };
  if (step.facts.goes_on) {
    // Each answer may be the last: what it names is what `finally` takes away.
    static_cast<void>(TakeCaptures(spec, *response, redactor_, progress.scope));
    // What is known to be wrong is not asked for until it is right.
    return !accepted && PollOn(test, poll, spent, step, progress);
  }
  if (spec.poll) observe("polled", fmt::format("{} answers in {}", step.answers, Seconds(spent)));
  if (spec.settle) observe("settled", fmt::format("after {}", Seconds(spent)));
  if (response && step.page.empty()) {
    const auto taken = TakeCaptures(spec, *response, redactor_, progress.scope);
    if (!taken) return !accepted && progress.End(Outcome::kInconclusive, taken.error().message);
  }
  return !spec.follow || !response || FollowPage(test, step, progress);
}

bool TestRunner::PollOn(const Test& test, const PollState& poll, milliseconds spent,
                        StepProgress& step, TestProgress& progress) {
  const PollSpec& spec = *step.step->poll;
  std::string expected = poll.expected;
  if (poll.kind == PollState::Kind::kWaiting) {
    if (spent + spec.every <= spec.limit) {
      Wait(spec.every, progress);
      return step.again = true;
    }
    expected += fmt::format(" within {}", FormatDuration(spec.limit));
  }
  return judge_.BreakStep(test, step.facts,
                          {{poll.subject, std::move(expected), poll.actual, {}}, poll.span},
                          progress.record.verdict);
}

std::optional<milliseconds> TestRunner::HeldBack(const StepProgress& step,
                                                 const TestProgress& progress) const {
  const Attempt& last = step.exchange.last();
  const bool throttled = !target_.is_mock() && last.response && !last.trouble &&
                         IsThrottled(*step.step, progress.scope, *last.response);
  if (!throttled || !MayBeRepeated(last.request)) return std::nullopt;
  return WaitBeforeRetry(*last.response, step.throttled, step.held, profile_.limits.longest_wait,
                         clock_.Now());
}

/// What the protocols promise of the answer is judged; what the case expects is not.
bool TestRunner::SendLater(const Test& test, milliseconds wait, StepProgress& step,
                           TestProgress& progress) {
  step.facts.tolerated = true;
  if (!judge_.JudgeStep(test, step.facts, progress.record.verdict)) return false;
  if (wait.count() > 0) {
    ++step.throttled;
    step.held += wait;
    Wait(wait, progress);
  }
  return step.again = step.retried = true;
}

void TestRunner::Wait(milliseconds duration, TestProgress& progress) {
  if (!target_.is_mock()) {
    clock_.Sleep(duration);
    progress.token_aged = true;
    return;
  }
  Request request;
  request.method = "POST";
  request.target = fmt::format("/.conform/tenants/{}/clock", progress.tenant);
  request.body = fmt::format(R"({{"advance_ms":{}}})", duration.count());
  request.fields = {{"Host", HostField(progress.client->origin())},
                    {"Content-Type", "application/json"},
                    {"Content-Length", std::to_string(request.body.size())}};
  const Attempt attempt = progress.client->Send(std::move(request));
  const bool moved = attempt.response && attempt.response->status == 204;
  progress.clock_in_doubt = progress.clock_in_doubt || !moved;
  progress.moved += duration;
}

std::chrono::system_clock::time_point TestRunner::TenantNow(const TestProgress& progress) const {
  return clock_.Now() + progress.moved;
}

}  // namespace conform
