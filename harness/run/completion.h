// What a shell needs to complete a command line.
#pragma once

#include <string>

#include "run/command_model.h"

namespace conform {

/// Scripts for bash, for zsh (to be found as `_conform` on its fpath) and for fish. Words that are
/// no option complete to files.
std::string BashCompletion(const ToolModel& tool);
std::string ZshCompletion(const ToolModel& tool);
std::string FishCompletion(const ToolModel& tool);

}  // namespace conform
