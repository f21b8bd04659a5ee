// Flags of a run that do not go together, or say what cannot be.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "run/command.h"
#include "run/run_flags.h"

namespace conform {

/// What is wrong with the flags, before anything is loaded; empty: nothing. The bundle gets its
/// folder.
std::string FindFlagTrouble(const RunFlags& flags);

/// Nothing where the text is no length of time; then that was told.
std::optional<std::chrono::milliseconds> ReadDuration(const char* flag, const std::string& text,
                                                      const char* such_as, Invocation& invocation);
/// The same of `--patience`.
std::optional<std::chrono::milliseconds> ReadPatience(const std::string& text,
                                                      Invocation& invocation);

}  // namespace conform
