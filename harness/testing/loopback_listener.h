// Accepts connections on loopback and serves each on a thread of its own.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

namespace conform {

class LoopbackListener {
 public:
  /// Listens on a free port of 127.0.0.1. `serve` is given a blocking socket, which is closed when
  /// it returns; in its thread a write to a closed socket fails instead of ending the process.
  explicit LoopbackListener(std::function<void(int socket)> serve);
  /// Shuts every socket down and waits until all have been served.
  ~LoopbackListener();
  LoopbackListener(const LoopbackListener&) = delete;
  LoopbackListener& operator=(const LoopbackListener&) = delete;

  std::uint16_t port() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace conform
