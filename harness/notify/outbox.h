// Messages that are still to be sent, kept in the history so that none is lost with a run.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "history/history_file.h"
#include "notify/sending_lock.h"

namespace conform {

struct OutboxEntry {
  std::int64_t id = 0;
  std::string receiver;  ///< what the receiver is known by, never its address.
  std::chrono::system_clock::time_point made;
  std::string subject;
  std::string body;
  int attempts = 0;  ///< runs that tried to send it.
};

/// `file` outlives it.
class Outbox {
 public:
  explicit Outbox(HistoryFile& file) : file_(file) {}

  Expected<void> Add(const OutboxEntry& entry);
  /// Oldest first.
  Expected<std::vector<OutboxEntry>> List(const std::string& receiver);
  Expected<void> Remove(std::int64_t id);
  Expected<void> NoteTrouble(std::int64_t id, const std::string& trouble);
  /// What a receiver's messages are sent under: nothing where another run sends them.
  Expected<std::optional<SendingLock>> Lock(const std::string& receiver) {
    return SendingLock::Take(file_.path(), receiver);
  }
  /// Drops what was made before, for whoever it was. How many went.
  Expected<std::size_t> DropOlder(std::chrono::system_clock::time_point before);

 private:
  HistoryFile& file_;
};

}  // namespace conform
