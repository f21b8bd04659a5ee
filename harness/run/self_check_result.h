// What self-check found, kept so that reports of the same build can say so.
#pragma once

#include <optional>
#include <vector>

#include "auth/environment_tokens.h"
#include "base/error.h"
#include "base/redactor.h"
#include "record/run_header.h"

namespace conform {

/// Keeps it under the StateFolder, for this build with these files, in place of what was found
/// before. Errors: it cannot be written.
Expected<void> KeepSelfCheck(const SelfCheckRecord& result, const ToolRecord& tool,
                             const std::vector<FileRecord>& files, const Environment& environment,
                             const Redactor& redactor);

/// What was kept of this build, where every one of `files` was as it is now. Nothing where none
/// was, and where what is there cannot be read.
std::optional<SelfCheckRecord> FindSelfCheck(const ToolRecord& tool,
                                             const std::vector<FileRecord>& files,
                                             const Environment& environment);

}  // namespace conform
