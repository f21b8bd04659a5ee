// The request of a test's step, as its plan promises it.
#pragma once

#include <cstddef>

#include "base/error.h"
#include "base/origin.h"
#include "case/test.h"
#include "exchange/request.h"

namespace conform {

/// Errors: those of BuildRequest; and where the step is evidence, a path that the run alone could
/// tell and that is none of its operation's: the answer would keep and break no clause of it.
Expected<Request> BuildStepRequest(const Test& test, std::size_t step, const Scope& scope,
                                   const Origin& origin);

}  // namespace conform
