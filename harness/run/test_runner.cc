#include "run/test_runner.h"

#include <fmt/format.h>

#include <algorithm>

#include "auth/environment_tokens.h"
#include "base/date.h"
#include "base/digest.h"
#include "base/duration.h"
#include "run/exchange_record.h"
#include "run/request_builder.h"

namespace conform {
namespace {

using std::chrono::milliseconds;

/// RFC 9110 §9.2.1: the others ask for nothing but an answer.
bool IsSafe(std::string_view method) {
  return method == "GET" || method == "HEAD" || method == "OPTIONS" || method == "TRACE";
}

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
    if (rule == nullptr || permissions.find(rule->permissions.front()) != std::string::npos)
      continue;
    permissions += (permissions.empty() ? "" : " ") + rule->permissions.front();
  }
  return permissions.empty() ? "User.Read" : permissions;
}

milliseconds TotalWait(const Case& test_case) {
  milliseconds total{0};
  for (const Step& step : test_case.steps) total += step.wait.value_or(milliseconds(0));
  return total;
}

}  // namespace

/// What is known while one test runs.
struct TestRunner::Progress {
  TestRecord record;
  Scope scope;
  Client* client = nullptr;
  std::string tenant;
  milliseconds moved{0};  ///< how far the tenant's clock was moved on.
  bool clock_in_doubt = false;
  bool stopped = false;  ///< before its last step.
  std::map<std::string, std::chrono::system_clock::time_point> successes;

  bool End(Outcome outcome, std::string reason) {
    record.verdict.outcome = outcome;
    record.verdict.reason = std::move(reason);
    return false;
  }
};

TestRecord PlannedRecord(const Test& test) {
  TestRecord record;
  record.suite = test.Suite();
  record.name = test.Name();
  record.case_id = test.test_case->id;
  record.title = test.test_case->title;
  record.operation = test.contract->operation;
  record.edition = test.contract->edition;
  record.path = test.test_case->source->path();
  record.line = test.Line();
  record.expects_success = test.plan->expects_success;
  return record;
}

TestRunner::TestRunner(Target& target, const Judge& judge, TokenSource& tokens, Redactor& redactor,
                       Clock& clock, const RunLimits& limits,
                       const std::map<std::string, std::string>& variables)
    : target_(target),
      judge_(judge),
      tokens_(tokens),
      redactor_(redactor),
      clock_(clock),
      limits_(limits),
      variables_(variables),
      // The embedded mock forgets its tenants with the process; one started alone does not.
      nonce_(target.is_embedded() ? "" : RandomUuid()) {}

TestRecord TestRunner::Run(const Test& test, int round) {
  Progress progress;
  progress.record = PlannedRecord(test);
  progress.record.started = clock_.Now();
  progress.client = &target_.ClientFor(*test.contract);
  progress.tenant = NamedUuid(fmt::format("{}/{}/{}", nonce_, test.Id(), round));
  if (Prepare(test, progress)) {
    bool goes_on = true;
    for (std::size_t i = 0; goes_on && i < test.test_case->steps.size(); ++i) {
      goes_on = (i == 0 || !IsStopped(progress)) && RunStep(test, i, progress);
    }
    // What a stopped test found stands; that it found nothing says nothing.
    const bool untold = progress.stopped && progress.record.verdict.findings.empty();
    if (progress.record.verdict.outcome != Outcome::kSkip && !untold) {
      judge_.Conclude(test, progress.record.verdict);
    }
  }
  progress.record.duration =
      std::chrono::duration_cast<std::chrono::microseconds>(clock_.Now() - progress.record.started);
  RedactRecord(redactor_, progress.record);
  return std::move(progress.record);
}

bool TestRunner::IsStopped(Progress& progress) {
  if (limits_.stop == nullptr || !limits_.stop->IsRequested()) return false;
  progress.stopped = true;
  progress.End(Outcome::kNotRun, limits_.stop->Reason());
  return true;
}

bool TestRunner::Prepare(const Test& test, Progress& progress) {
  const Identity& identity = test.test_case->identity;
  const auto token = tokens_.Find({identity, PermissionsFor(test), progress.tenant});
  if (!token) return progress.End(Outcome::kInconclusive, token.error().message);
  if (!*token) {
    return progress.End(Outcome::kSkip,
                        fmt::format("no token for {}: set {}", NameOf(identity.kind),
                                    TokenVariable(identity.kind)));
  }
  if (!target_.is_mock() && TotalWait(*test.test_case) > limits_.patience) {
    return progress.End(Outcome::kSkip, fmt::format("it waits {}: allow that with --patience",
                                                    FormatDuration(TotalWait(*test.test_case))));
  }
  redactor_.AddSecret(**token, "token");
  Scope& scope = progress.scope;
  scope.token = **token;
  scope.uuid = RandomUuid();
  scope.now = FormatTimestamp(clock_.Now());
  scope.columns = &test.test_case->columns;
  scope.row = test.row == nullptr ? nullptr : &test.row->values;
  scope.variables = &variables_;
  return true;
}

bool TestRunner::RunStep(const Test& test, std::size_t index, Progress& progress) {
  const Step& step = test.test_case->steps[index];
  if (step.wait) {
    Wait(step, progress);
    return true;
  }
  if (!Permit(test, index, progress)) return false;
  const Origin& origin = progress.client->origin();
  const Expected<Request> request = BuildRequest(step.request, progress.scope, origin);
  if (!request) return progress.End(Outcome::kInconclusive, request.error().message);
  const Contract& contract = *test.plan->contracts[index];
  const TenantKnowledge known = KnowledgeOf(contract, progress);
  Exchange exchange;
  exchange.attempts.push_back(progress.client->Send(*request));
  ExchangeRecord shown = RecordExchange(exchange.last(), origin);
  if (test.test_case->steps.size() > 1) shown.step = step.name;
  shown.again = target_.is_embedded()
                    ? fmt::format("conform run --gtest_filter='{}'", test.Id())
                    : CurlLine(step.request, *request, origin, test.test_case->identity.kind);
  progress.record.exchanges.push_back(std::move(shown));
  const bool goes_on =
      judge_.JudgeStep(test, {index, &exchange, &progress.scope, known}, progress.record.verdict);
  const auto& response = exchange.last().response;
  const bool success = response && response->status == contract.Success().status;
  if (success && request->method == contract.method) RememberSuccess(contract, progress);
  return goes_on;
}

void TestRunner::Wait(const Step& step, Progress& progress) {
  if (!target_.is_mock()) {
    clock_.Sleep(*step.wait);
    return;
  }
  Request request;
  request.method = "POST";
  request.target = fmt::format("/.conform/tenants/{}/clock", progress.tenant);
  request.body = fmt::format(R"({{"advance_ms":{}}})", step.wait->count());
  request.fields = {{"Host", HostField(progress.client->origin())},
                    {"Content-Type", "application/json"},
                    {"Content-Length", std::to_string(request.body.size())}};
  const Attempt attempt = progress.client->Send(request);
  const bool moved = attempt.response && attempt.response->status == 204;
  progress.clock_in_doubt = progress.clock_in_doubt || !moved;
  if (moved) progress.moved += *step.wait;
}

/// A request with an effect on a tenant needs budget, and quiet minutes where it expects success.
bool TestRunner::Permit(const Test& test, std::size_t index, Progress& progress) {
  const Step& step = test.test_case->steps[index];
  const Contract& contract = *test.plan->contracts[index];
  const auto method = Resolve(step.request.method.text, progress.scope);
  if (!target_.is_tenant() || (method && IsSafe(*method))) return true;
  const TenantKnowledge known = KnowledgeOf(contract, progress);
  for (const ResponseRule& response : contract.responses) {
    const bool waits_out = response.when.kind == Condition::Kind::kWithin &&
                           test.plan->expects_success == contract.operation &&
                           test.test_case->steps.size() == 1;
    if (!waits_out || Holds(response.when, contract, known) != Truth::kTrue) continue;
    const auto left = response.when.window - *known.since_success;
    if (left > limits_.patience) {
      return progress.End(
          Outcome::kSkip,
          fmt::format("the last success was {} ago and {} is answered within {}: allow the wait "
                      "with --patience",
                      FormatDuration(*known.since_success), response.status,
                      FormatDuration(response.when.window)));
    }
    clock_.Sleep(left);
    if (IsStopped(progress)) return false;
  }
  const std::lock_guard lock(mutex_);
  if (effects_ < limits_.allowed_effects) {
    ++effects_;
    return true;
  }
  return progress.End(Outcome::kSkip,
                      fmt::format("{} has an effect on a tenant and the budget is spent: allow "
                                  "more than {} with --allow-effects",
                                  method.value_or("it"), limits_.allowed_effects));
}

TenantKnowledge TestRunner::KnowledgeOf(const Contract& contract, const Progress& progress) {
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

void TestRunner::RememberSuccess(const Contract& contract, Progress& progress) {
  if (target_.is_mock()) {
    progress.successes[contract.operation] = clock_.Now() + progress.moved;
    return;
  }
  const std::lock_guard lock(mutex_);
  tenant_successes_[contract.operation] = clock_.Now();
}

}  // namespace conform
