// Where a run takes place: host, time zone, CI run, and the folder for what conform remembers.
#pragma once

#include <chrono>
#include <string>

#include "auth/environment_tokens.h"

namespace conform {

/// The value of a variable of the process.
Environment ProcessEnvironment();

std::string HostName();

/// Of the host at that time, `+01:00`.
std::string TimeZoneOffset(std::chrono::system_clock::time_point time);

/// The address under which the CI server shows this run; empty where no server that is known tells
/// one.
std::string CiRunAddress(const Environment& environment);

}  // namespace conform
