// The tests and cases that exist and are not run, with why.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "record/run_header.h"
#include "run/workspace.h"

namespace conform {

/// Case files below `cases` that were not loaded, cases that no edition in force makes a test of,
/// editions that are not in force (a service shows one at a time; the embedded mock shows all), and
/// tests that `filter` (GoogleTest's) does not select. Tests of other shards are not among
/// them: these are selected.
std::vector<LeftOutRecord> ListLeftOut(const Workspace& workspace,
                                       const std::filesystem::path& cases,
                                       const std::string& filter);

}  // namespace conform
