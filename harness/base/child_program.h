// Starts another program.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace conform {

/// Descriptors that become a program's streams; -1: nothing to read, and our own to write to.
struct ChildStreams {
  int input = -1;
  int output = -1;
  int errors = -1;
};

/// Whether StartChild finds a program by that first word.
bool IsProgram(const std::string& word);

/// The first word is looked for on the PATH; no shell reads them. `variables` (`NAME=value`) stand
/// beside this process's, and in place of those of their names. It is in a process group of its
/// own, so that what it starts can be ended with it, and has the signals that a program begins
/// with, whatever this one ignores or holds back. The error is errno's.
tl::expected<pid_t, int> StartChild(const std::vector<std::string>& words,
                                    const ChildStreams& streams,
                                    std::vector<std::string> variables = {});

/// One that StartChild started, and that is waited for.
class RunningProgram {
 public:
  explicit RunningProgram(pid_t child);
  ~RunningProgram();
  RunningProgram(const RunningProgram&) = delete;
  RunningProgram& operator=(const RunningProgram&) = delete;

  /// Whether it ends within the time, of which there may be none left; signals that come meanwhile
  /// change nothing.
  bool EndsWithin(std::chrono::milliseconds time);
  /// With all that it started. One that may not be killed, since it changed its user, is left
  /// behind.
  void Kill();
  /// waitpid's, once it ended; nothing: how it did was told to somebody else.
  std::optional<int> status() const { return status_; }

 private:
  pid_t child_;
  int handle_;
  std::optional<int> status_;
};

}  // namespace conform
