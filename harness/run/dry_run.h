// What a run would send, to where, as whom, and with how many effects; nothing is sent.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "auth/environment_tokens.h"
#include "base/error.h"
#include "run/command.h"
#include "run/test_runner.h"
#include "run/workspace.h"

namespace conform {

/// Tells it of each test that GoogleTest selects, in its order; tests that would be skipped or
/// inconclusive for want of a fitting token say so. Asks no one for a token: those of `environment`
/// are looked at, of the others only the source is told. Errors: as RunSuite's, and
/// where no test is selected.
Expected<void> TellDryRun(const Workspace& workspace, const RunLimits& limits,
                          const Environment& environment, Invocation& invocation);

}  // namespace conform
