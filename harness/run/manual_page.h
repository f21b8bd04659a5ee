// The manual page, in the man macros (man(7)).
#pragma once

#include <string>

#include "run/command_model.h"

namespace conform {

/// Section 1. `version` stands at its foot.
std::string ManualPage(const ToolModel& tool, const std::string& version);

}  // namespace conform
