// Runs another program and reads what it prints.
#pragma once

#include <string>
#include <vector>

namespace conform {

struct ProgramResult {
  int exit_code = -1;  ///< -1: it could not be started, or was ended by a signal.
  std::string output;  ///< what it wrote to standard output.
};

/// `arguments[0]` is looked for on the PATH; `input` is its standard input. Standard error is this
/// program's own.
ProgramResult RunProgram(const std::vector<std::string>& arguments, const std::string& input = "");

}  // namespace conform
