// Whether a refusal can be for what a request breaks, or came for a cause of its own.
#pragma once

#include <string>
#include <string_view>

#include "contract/contract.h"
#include "verdict/condition.h"

namespace conform {

/// What a request with a false tag breaks, for FindOtherCause.
inline constexpr std::string_view kIfMatch = "headers.If-Match";

/// `status is 404, which the contract promises for a condition that cannot be excluded`.
std::string DescribePromise(int status);

/// Why a refusal with `status` (4xx) says nothing of `fact`, the one that the request breaks, as
/// clauses name it: `parameters.q`. Empty: it can be for that.
std::string FindOtherCause(int status, std::string_view fact, const Contract& contract,
                           const TenantKnowledge& known);

}  // namespace conform
