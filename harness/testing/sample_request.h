// The plainest request, and the clock it is sent by, for tests.
#pragma once

#include "base/clock.h"
#include "exchange/request.h"

namespace conform {

inline const SystemClock kClock;
inline const Request kGet = {"GET", "/", {{"Host", "a"}}, "", false, {}};

}  // namespace conform
