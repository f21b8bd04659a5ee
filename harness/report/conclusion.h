// How a run ended, as decided elsewhere.
#pragma once

#include <string>
#include <vector>

namespace conform {

struct Conclusion {
  int exit_code = 0;
  std::string meaning;                    ///< what the exit code says, in one clause: `conforms`.
  std::vector<std::string> reports;       ///< paths of what was written.
  std::vector<std::string> reasons = {};  ///< those that `meaning` tells behind each other.

  /// Whether it is of the whole run that something is wrong: a bad file, or nothing to be told.
  bool IsOfTheRun() const { return exit_code > 1; }
};

}  // namespace conform
