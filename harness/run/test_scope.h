// What `${…}` stands for as a test begins.
#pragma once

#include <chrono>
#include <string>

#include "case/test.h"
#include "case/text_template.h"
#include "profile/profile.h"

namespace conform {

/// Points into `test` and `profile`. `${uuid}` is a new one at every call.
Scope ScopeOf(const Test& test, const Profile& profile, std::string token,
              std::chrono::system_clock::time_point now);

}  // namespace conform
