// Keeps two runs from sending the same message at once.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/error.h"

namespace conform {

/// Of what is kept for one receiver. Held on a file beside the history, a byte a receiver, by the
/// lock of an open file: that of a process that dies is gone.
class SendingLock {
 public:
  /// Does not wait. Nothing: another holds it. Errors: the file cannot be made, or not be locked.
  static Expected<std::optional<SendingLock>> Take(const std::filesystem::path& history,
                                                   const std::string& receiver);

  SendingLock(SendingLock&& other) noexcept;
  SendingLock& operator=(SendingLock&& other) noexcept;
  ~SendingLock();

 private:
  explicit SendingLock(int descriptor) : descriptor_(descriptor) {}

  int descriptor_;
};

}  // namespace conform
