// One check for each kind of expectation.
#pragma once

#include "verdict/check.h"

namespace conform {

std::map<Expectation::Subject, ExpectationCheck> ExpectationChecks();

}  // namespace conform
