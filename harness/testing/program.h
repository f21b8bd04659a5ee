// Runs another program and reads what it prints.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace conform {

struct ProgramCall {
  std::vector<std::string> arguments;  ///< the first is looked for on the PATH.
  std::string input = {};              ///< its standard input.
  std::filesystem::path folder = {};   ///< its working directory; empty: this program's.
  /// `NAME=value`, beside this program's environment; of it XDG_STATE_HOME is a folder of the
  /// tests.
  std::vector<std::string> variables = {};
};

struct ProgramResult {
  int exit_code = -1;  ///< -1: it could not be started, or was ended by a signal.
  std::string output;  ///< what it wrote to standard output.
  std::string errors;  ///< what it wrote to standard error.
};

/// Waits until it ends.
ProgramResult RunProgram(const ProgramCall& call);
ProgramResult RunProgram(const std::vector<std::string>& arguments, const std::string& input = "");

/// A program that runs beside this one; ended with it, if it must be by force.
class StartedProgram {
 public:
  explicit StartedProgram(const ProgramCall& call);
  ~StartedProgram();
  StartedProgram(const StartedProgram&) = delete;
  StartedProgram& operator=(const StartedProgram&) = delete;

  /// The next line of standard output, without its end; empty after a minute, or at its end.
  std::string ReadLine();
  void Signal(int signal) const;
  bool IsRunning() const;
  /// Waits until it ends; after a minute it is ended by force. `output` is what no ReadLine read.
  ProgramResult Wait();

 private:
  bool ReadMore();

  pid_t child_ = -1;
  int output_ = -1;
  int errors_ = -1;  // a file without a name
  std::string unread_;
};

}  // namespace conform
