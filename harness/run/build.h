// Which build of conform this is.
#pragma once

#include <string>
#include <string_view>

#include "record/run_header.h"

namespace conform {

/// The source's commit, `+changes` behind it where files differ from it; empty where the source
/// was in no repository.
std::string_view BuildCommit();

/// This program.
ToolRecord ThisTool();

/// `conform 0.1.0 (3c36035e1a2b, g++ 12.2.0, Release)`.
std::string DescribeTool(const ToolRecord& tool);

/// This program, and below it a line for each library found at build time with its version.
std::string DescribeBuild();

}  // namespace conform
