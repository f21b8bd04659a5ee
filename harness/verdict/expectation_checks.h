// One check for each kind of expectation.
#pragma once

#include "verdict/check.h"

namespace conform {

std::map<Expectation::Subject, ExpectationCheck> ExpectationChecks();

/// Holds the answer's content, which should be JSON, against the schema.
CheckResult HoldToSchema(const JsonSchema& schema, const Response& response);

/// `/a, /b and 3 more`.
std::string ListMembers(const std::vector<std::string>& pointers);

}  // namespace conform
