// Several requests on one connection before the first of them is answered (RFC 9112 §9.3.2).
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/clock.h"
#include "exchange/bounds.h"
#include "exchange/connection.h"
#include "exchange/exchange.h"
#include "exchange/request.h"

namespace conform {

/// Whether it may be sent before those in front of it are answered: nothing in it leaves in doubt
/// where it ends, or where its answer does.
bool MayBePipelined(const Request& request);

/// How many of `requests`, from `begin` on, may be on a connection at once: none behind a method
/// that is not idempotent until it is answered, and no more bytes than a socket takes at once. At
/// least 1.
std::size_t CountPipelined(const std::vector<Request>& requests, std::size_t begin);

/// Sends the requests of `attempts`, and reads the answers in turn up to one that ends the
/// connection. What a request's times, and the bounds on them, count from is when it was sent or,
/// for those behind the first, when the one before was answered.
class Pipeline {
 public:
  /// All of them outlive it.
  Pipeline(Connection& connection, const Bounds& bounds, const Clock& clock)
      : connection_(connection), bounds_(bounds), clock_(clock) {}

  /// How many of the attempts have their answer. None where anything was odd or went wrong: then
  /// nobody knows which request an answer is to.
  std::size_t Run(std::vector<Attempt>& attempts);

  /// The connection may carry another request.
  bool reusable() const { return reusable_; }

 private:
  void Write(const std::string& bytes) const;

  Connection& connection_;
  const Bounds& bounds_;
  const Clock& clock_;
  bool reusable_ = false;
};

}  // namespace conform
