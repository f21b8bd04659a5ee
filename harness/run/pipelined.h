// Tests whose requests may be under way together, on one connection.
#pragma once

#include "case/test.h"

namespace conform {

/// A test of one request, whose answer hangs on no other and of which nobody asks how long it took.
bool IsPipelined(const Test& test);

}  // namespace conform
