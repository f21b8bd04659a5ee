// Why a test is skipped before its first request: told alike by a run and by a dry run.
#pragma once

#include <chrono>
#include <string>

#include "case/case.h"
#include "profile/profile.h"

namespace conform {

/// Of an identity that no source has a token for, with the way to one.
std::string WithoutToken(IdentityKind kind, const Profile& profile);

/// Empty where the waits of the case fit into `patience`.
std::string WaitsTooLong(const Case& test_case, std::chrono::milliseconds patience);

}  // namespace conform
