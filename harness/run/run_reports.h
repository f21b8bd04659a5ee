// How a run ends: its reports are written, and the console tells what they come to.
#pragma once

#include <filesystem>
#include <string>

#include "record/run_record.h"
#include "run/command.h"

namespace conform {

/// Writes junit.xml and run.json into `folder`, tells the summary and sets the exit code.
/// `trouble`: why something could not be written before; empty: nothing.
void FinishRun(const RunRecord& record, const std::filesystem::path& folder, std::string trouble,
               Invocation& invocation);

}  // namespace conform
