// What reports say of a run whatever its tests come to.
#pragma once

#include <chrono>
#include <vector>

#include "record/run_header.h"
#include "run/run_host.h"
#include "run/target.h"
#include "run/workspace.h"

namespace conform {

/// Of the files, the target and the machine; the caller adds what it chose: which tests, how they
/// run and where, and what was before.
RunHeader MakeHeader(const Workspace& workspace, const Target& target,
                     std::chrono::system_clock::time_point started, const Environment& environment,
                     bool strict);

/// Every file that the workspace was loaded from, by digest: specs, cases and what lies beside
/// them, deviations, profile.
std::vector<FileRecord> RecordFiles(const Workspace& workspace);

}  // namespace conform
