// What can be told of a response's content once no more of it will come.
#pragma once

#include "exchange/bounds.h"
#include "exchange/observation_log.h"
#include "exchange/response.h"

namespace conform {

/// Fills `decoded_body` and `body_bytes` from `body`. `whole` is false where reading stopped early:
/// then a coding that ends too early is not observed. `offset` is of the content, for observations.
void FinishContent(const Bounds& bounds, bool whole, std::size_t offset, Response& response,
                   ObservationLog& log);

}  // namespace conform
