// Kept runs and tests as the texts that a history holds.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "history/kept_run.h"

namespace conform {

/// All of a run but its tests, its number and its digests.
std::string WriteKeptHeader(const KeptRun& run);
Expected<KeptRun> ReadKeptHeader(std::string_view text);

/// All of a test but its outcome and durations: the same from run to run as long as nothing
/// changes.
std::string WriteKeptFacts(const KeptTest& test);
Expected<KeptTest> ReadKeptFacts(std::string_view text);

/// Whole microseconds, with blanks between them.
std::string WriteDurations(const std::vector<std::chrono::microseconds>& durations);
std::vector<std::chrono::microseconds> ReadDurations(std::string_view text);

}  // namespace conform
