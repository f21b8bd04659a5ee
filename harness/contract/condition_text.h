// When an answer is promised, in words.
#pragma once

#include <string>

#include "contract/contract.h"

namespace conform {

/// `on success`, `while in_progress`, `within 10m of a success`, `if STATED`.
std::string TextOf(const Condition& when);

}  // namespace conform
