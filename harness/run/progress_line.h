// The line at the foot of a terminal that says how far a run is.
#pragma once

#include <chrono>
#include <cstddef>
#include <ostream>
#include <string>

namespace conform {

struct Progress {
  std::size_t done = 0;
  std::size_t total = 0;
  std::size_t failures = 0;
  std::chrono::milliseconds elapsed{0};
};

/// `412 of 10000, 820/s, 3 failed, 12s left`. Rate and time left once there is something to go by.
std::string RenderProgress(const Progress& progress);

/// Draws it at most ten times a second. Off a terminal it writes nothing.
class ProgressLine {
 public:
  ProgressLine(std::ostream& out, bool terminal) : out_(out), terminal_(terminal) {}

  /// Before anything else is written.
  void Erase();
  void Draw(const Progress& progress);

 private:
  std::ostream& out_;
  bool terminal_;
  bool drawn_ = false;
  std::chrono::milliseconds last_{-1'000};  ///< by the run's elapsed time.
};

}  // namespace conform
