// Flags of a run that do not go together, or name what is not there.
#pragma once

#include <string>

#include "run/run_flags.h"

namespace conform {

/// What is wrong with the flags, before anything is loaded; empty: nothing. The bundle gets its
/// folder.
std::string FindFlagTrouble(const RunFlags& flags);

}  // namespace conform
