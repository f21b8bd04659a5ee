// One check for each kind of expectation.
#pragma once

#include "verdict/check.h"

namespace conform {

std::map<Expectation::Subject, ExpectationCheck> ExpectationChecks();

/// `/a, /b and 3 more`.
std::string ListMembers(const std::vector<std::string>& pointers);

}  // namespace conform
