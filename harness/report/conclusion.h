// How a run ended, as decided elsewhere.
#pragma once

#include <string>
#include <vector>

namespace conform {

struct Conclusion {
  int exit_code = 0;
  std::string meaning;               ///< what the exit code says, in one clause: `conforms`.
  std::vector<std::string> reports;  ///< paths of what was written.
};

}  // namespace conform
