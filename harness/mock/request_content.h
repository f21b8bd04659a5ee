// Whether a request brings the content and the parameters that its contract asks for.
#pragma once

#include <optional>
#include <string>

#include "contract/contract.h"
#include "mock/mock_request.h"

namespace conform {

struct ContentRefusal {
  int status = 400;
  std::string message;
};

/// Nothing where the request is as the contract asks. Content where the contract has none is
/// accepted: the client is told not to send it, and nobody promises what then happens.
std::optional<ContentRefusal> CheckContent(const Contract& contract, const MockRequest& request);

/// Nothing where every required parameter but the keys is there, and If-Match names the tag that is
/// documented as its example, or any (`*`); held only against contracts that promise 412 and keep
/// no state.
std::optional<ContentRefusal> CheckParameters(const Contract& contract, const MockRequest& request);

/// What the request has for a parameter outside the path; nothing where it has none.
std::optional<std::string> FindParameterValue(const Parameter& parameter,
                                              const MockRequest& request);

}  // namespace conform
