// How a run ended one of whose two tests failed, for tests.
#pragma once

#include "report/conclusion.h"

namespace conform {

inline const Conclusion kSampleConclusion = {
    1, "nonconformance (1 of 2 tests failed)", {}, {"1 of 2 tests failed"}};

}  // namespace conform
