// The service that the mock plays: a request in, an answer out, by the contracts alone.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <vector>

#include "base/clock.h"
#include "contract/contract.h"
#include "contract/protocol.h"
#include "mock/answer.h"
#include "mock/bearer_check.h"
#include "mock/entra_service.h"
#include "mock/error_answer.h"
#include "mock/fault.h"
#include "mock/mock_request.h"
#include "mock/request_ids.h"
#include "mock/resource_answers.h"
#include "mock/route_table.h"
#include "mock/tenant_states.h"

namespace conform {

/// Refuses in this order: no length, path, method, no token, bad token, kind of account,
/// permission, content, parameters; then the contract's conditions; else success. What is asked of
/// Entra, EntraService answers, where no contract is at that path. Safe to use from several
/// threads.
class MockService {
 public:
  /// Contracts and clock must outlive it. A refusal without a status here has the one that Graph
  /// is known to send. `scheme` is how clients reach it; `at_once`: nothing holds its answers back.
  MockService(const std::vector<const Contract*>& contracts, std::map<Refusal, int> refusals,
              const Clock& clock, std::string_view scheme = "http", bool at_once = true);

  WireAnswer Serve(const MockRequest& request, const Faults& faults);
  /// For what cannot be served at all: 400, 413, 414, 431, 500, 501, 505. The
  /// connection ends after it.
  WireAnswer Refuse(const MockRequest& request, int status, const Faults& faults);

  /// Of this tenant all is as it was before its first request.
  void Forget(std::string_view tenant);

  /// Requests answered so far, control requests and those to Entra not counted.
  std::uint64_t served() const { return served_.load(std::memory_order_relaxed); }

 private:
  bool IsOfEntra(const MockRequest& request) const;
  AnswerIds DrawIds(const MockRequest& request);
  Answer Decide(const MockRequest& request, const AnswerIds& ids, const Faults& faults);
  /// By token and keys, all that the contract asks for; unknown where it asks for none.
  tl::expected<Caller, BearerRefusal> IdentifyCaller(const Contract& contract,
                                                     const MockRequest& request,
                                                     const AnswerIds& ids, const Faults& faults);
  Answer DecideAt(const Route& route, const MockRequest& request, const AnswerIds& ids,
                  const Faults& faults);
  Answer RefuseFor(Refusal refusal, std::string_view message, const AnswerIds& ids,
                   const Faults& faults) const;
  int StatusOf(Refusal refusal, const Faults& faults) const;

  RouteTable routes_;
  std::map<Refusal, int> refusals_;
  const Clock& clock_;
  const std::string scheme_;
  const bool at_once_;
  BearerCheck bearer_check_;
  TenantStates states_;
  ResourceAnswers resources_;
  RequestIds request_ids_;
  EntraService entra_;
  std::atomic<std::uint64_t> served_{0};
};

}  // namespace conform
