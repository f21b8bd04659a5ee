// What running a test costs the service and whoever waits: effects, and time.
#pragma once

#include <chrono>
#include <string_view>

#include "case/test.h"

namespace conform {

/// RFC 9110 §9.2.1: a method that asks for nothing but an answer.
bool IsSafe(std::string_view method);

/// A step whose method is not safe (RFC 9110 §9.2.1), or cannot be told before the test runs.
bool MayHaveEffect(const Test& test);

/// How long its steps wait and poll at the most, together.
std::chrono::milliseconds TotalWait(const Case& test_case);

}  // namespace conform
