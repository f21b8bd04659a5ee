// Sends requests to one origin over kept-alive connections and reads what really comes back.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/origin.h"
#include "exchange/bounds.h"
#include "exchange/connection_settings.h"
#include "exchange/exchange.h"

namespace conform {

/// Safe to use from several threads; each Send has a connection of its own while it lasts, and
/// idle ones are used again. A connection on which unsolicited bytes lie is not used again, and
/// the next attempt observes them.
class Client {
 public:
  /// Directly; a secure connection trusts what this machine trusts.
  Client(const Origin& origin, const Bounds& bounds, const Clock& clock);
  /// As the settings say. Errors: a file or variable that they name is not there or wrong.
  static Expected<std::unique_ptr<Client>> Open(const Origin& origin, const Bounds& bounds,
                                                const Clock& clock,
                                                const ConnectionSettings& settings);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// Never fails: what went wrong is in the attempt. A request is sent once, but where a kept-alive
  /// connection turns out to be closed before a byte of an answer came: then it goes again over a
  /// new one, in the same attempt, which has the observation `stale_connection`. That is so where
  /// it may be repeated or no byte of it was sent; RFC 9112 §9.3.1 allows it for every idempotent
  /// method, but an effect is never caused twice.
  Attempt Send(Request request);

  /// The same of each, in their order, but that several may be under way on one connection (see
  /// Pipeline). Only for a server that is known to answer each request once and in turn. Nothing
  /// for those whose answer did not come, or was in doubt: they may have been served all the same.
  std::vector<std::optional<Attempt>> SendInTurn(std::vector<Request> requests);

  const Origin& origin() const;

 private:
  struct Pool;
  explicit Client(std::unique_ptr<Pool> pool);

  std::unique_ptr<Pool> pool_;
};

}  // namespace conform
