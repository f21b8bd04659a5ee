// Answers of operations on collections, and of those that show another operation's state.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "contract/contract.h"
#include "mock/collections.h"
#include "mock/error_answer.h"
#include "mock/fault.h"
#include "mock/mock_request.h"
#include "mock/route_table.h"
#include "mock/tenant_states.h"

namespace conform {

/// A proper request for an operation that has a `resource:`.
struct ResourceCall {
  const Route& route;
  const MockRequest& request;
  std::string_view tenant;
  const AnswerIds& ids;
  const Faults& faults;
};

/// Safe to use from several threads.
class ResourceAnswers {
 public:
  /// Contracts and states must outlive it. `scheme` is how clients reach the service.
  ResourceAnswers(const std::vector<const Contract*>& contracts, TenantStates& states,
                  std::string_view scheme = "http");

  /// The success that the contract promises, with what the tenant has. Else 404 for an item that
  /// is not there, 400 for content or a page size that makes no sense, and `precondition_status`
  /// where If-Match is false (RFC 9110 §13.1.1).
  Answer Serve(const ResourceCall& call, int precondition_status);

  void Forget(std::string_view tenant) { collections_.Forget(tenant); }

 private:
  Answer Act(const ResourceCall& call, int precondition_status);
  Answer Create(const ResourceCall& call);
  Answer Read(const ResourceCall& call);
  Answer List(const ResourceCall& call);
  Answer Update(const ResourceCall& call, int precondition_status);
  Answer Delete(const ResourceCall& call, int precondition_status);
  Answer Show(const ResourceCall& call);
  std::string Shown(const ShownState& shown, const ResourceCall& call);

  const std::vector<const Contract*> contracts_;
  TenantStates& states_;
  const std::string scheme_;
  Collections collections_;
};

}  // namespace conform
