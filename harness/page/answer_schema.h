// Whether a first case holds an answer against the schema that an API description promises of it.
#pragma once

#include <string>

#include "contract/contract.h"

namespace conform {

/// Why content that promises a schema is not held against it; empty where it is. A first case
/// passes on the mock, which answers with the example, else with a value made up for the schema.
std::string WhyUnjudged(const MediaContent& content);

}  // namespace conform
