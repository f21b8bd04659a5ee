// Whether a schema's keywords have the arguments that draft 7 gives them.
#pragma once

#include <nlohmann/json.hpp>

#include "base/error.h"

namespace conform {

/// Looks at every keyword that judges, also of schemas below. Errors name the first that has
/// another argument, such as a number in quotes, and what it takes.
Expected<bool> CheckArguments(const nlohmann::json& schema);

}  // namespace conform
