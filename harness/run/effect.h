// What running a test costs the service and whoever waits: effects, and time.
#pragma once

#include <chrono>

#include "case/test.h"

namespace conform {

/// Whether its method is not safe (RFC 9110 §9.2.1) or not known in `scope`, or a server may take
/// its content for further requests, since nothing but the case says how long it is.
bool RequestMayHaveEffect(const RequestSpec& request, const Scope& scope);
/// Whether the step sends such a request.
bool StepMayHaveEffect(const Step& step, const Scope& scope);
/// Whether one of its steps may, as far as can be told before the test runs.
bool MayHaveEffect(const Test& test);
/// How many of its steps may, those of `finally` too, where `scope` is all that is known.
int EffectsOf(const Case& test_case, const Scope& scope);

/// How long its steps wait, poll and settle at the most, together.
std::chrono::milliseconds TotalWait(const Case& test_case);

}  // namespace conform
