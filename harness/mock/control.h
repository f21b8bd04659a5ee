// Control requests below /.conform/, which only the mock has: a tenant's clock, and a count.
#pragma once

#include <cstdint>
#include <string_view>

#include "mock/answer.h"
#include "mock/mock_request.h"
#include "mock/tenant_states.h"

namespace conform {

inline constexpr std::string_view kControlPrefix = "/.conform/";

bool IsControl(const MockRequest& request);

/// Why a control request is refused, in the shape of Graph's errors.
Answer ControlProblem(int status, std::string_view message);

struct ServedCount {
  std::uint64_t requests = 0;
  /// Each request is answered once, at once, and in turn: no fault is planted.
  bool in_turn = true;
};

/// `POST /.conform/tenants/{tid}/clock` with `{"advance_ms": N}`, N up to ten years and a hundred
/// years in all, moves that tenant's clock on and is answered 204. `GET /.conform/requests` is
/// answered `{"requests": N, "pipelining": B}` by `served`. Others: 404, 405, and 400 for content
/// that is not that.
Answer AnswerControl(const MockRequest& request, TenantStates& states, const ServedCount& served);

}  // namespace conform
