// Whether a first case holds an answer against the schema that an API description promises of it.
#pragma once

#include <string>

#include "contract/contract.h"

namespace conform {

/// Whether the content has a schema of JSON. What may come in any media type is JSON where it is a
/// list or an object and JSON is asked for.
bool PromisesJson(const MediaContent& content);

/// Why content that promises a schema is not held against it; empty where it is. A first case
/// passes on the mock, which answers with the example, else with a value made up for the schema.
std::string WhyUnjudged(const MediaContent& content);

}  // namespace conform
