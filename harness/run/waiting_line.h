// The line at the foot of a terminal that says how long a code to sign in with is still good for.
#pragma once

#include <chrono>
#include <ostream>

namespace conform {

/// Off a terminal it writes nothing.
class WaitingLine {
 public:
  WaitingLine(std::ostream& out, bool terminal) : out_(out), terminal_(terminal) {}

  void Draw(std::chrono::seconds left);
  /// Before anything else is written.
  void Erase();

 private:
  std::ostream& out_;
  bool terminal_;
  bool drawn_ = false;
};

}  // namespace conform
