// Several requests on one connection before the first of them is answered (RFC 9112 §9.3.2).
#pragma once

#include <cstddef>
#include <vector>

#include "exchange/bounds.h"
#include "exchange/connection.h"
#include "exchange/exchange.h"
#include "exchange/request.h"

namespace conform {

/// Whether it may be sent before those in front of it are answered: nothing in it leaves in doubt
/// where it and its answer end, and it is small enough that several of it never wait for room.
bool MayBePipelined(const Request& request);

/// How many of `requests`, from `begin` on, may be on a connection at once: behind a method that is
/// not idempotent none is sent until it is answered. At least 1.
std::size_t CountPipelined(const std::vector<Request>& requests, std::size_t begin);

/// Sends the requests of `attempts`, and reads the answers in turn up to one that ends the
/// connection.
class Pipeline {
 public:
  /// All of them outlive it. `start` is where times and the bound on each whole exchange count
  /// from.
  Pipeline(Connection& connection, const Bounds& bounds, Instant start)
      : connection_(connection), bounds_(bounds), start_(start) {}

  /// How many of the attempts have an answer, or part of one. Those behind have nothing.
  std::size_t Run(std::vector<Attempt>& attempts);

  /// The connection may carry another request.
  bool reusable() const { return reusable_; }

 private:
  void Write(const std::string& bytes) const;

  Connection& connection_;
  const Bounds& bounds_;
  Instant start_;
  bool reusable_ = false;
};

}  // namespace conform
