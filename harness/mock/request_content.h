// Whether a request brings the content and the query parameters that its contract asks for.
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

/// Nothing where every required query parameter is there.
std::optional<ContentRefusal> CheckQuery(const Contract& contract, const MockRequest& request);

}  // namespace conform
