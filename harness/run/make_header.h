// What reports say of a run before its first test.
#pragma once

#include <chrono>
#include <vector>

#include "record/run_header.h"
#include "run/run_host.h"
#include "run/target.h"
#include "run/workspace.h"

namespace conform {

/// All but `selected` and `left_out`, which are known once GoogleTest has chosen, and `jobs`, the
/// shard and the previous record, which are the caller's.
RunHeader MakeHeader(const Workspace& workspace, const Target& target,
                     std::chrono::system_clock::time_point started, const Environment& environment,
                     bool strict);

/// Every file that the workspace was loaded from, by digest: specs, cases and what lies beside
/// them, deviations, profile.
std::vector<FileRecord> RecordFiles(const Workspace& workspace);

}  // namespace conform
