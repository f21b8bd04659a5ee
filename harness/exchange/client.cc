#include "exchange/client.h"

#include <algorithm>
#include <mutex>
#include <vector>

#include "exchange/connection.h"
#include "exchange/connector.h"
#include "exchange/observation_log.h"
#include "exchange/observation_names.h"
#include "exchange/pipeline.h"
#include "exchange/transfer.h"

namespace conform {
namespace {

/// A request that must not be sent twice goes only over a connection used so lately that the server
/// will hardly be closing it for idleness just now.
constexpr std::chrono::seconds kFresh{2};

/// Whether an idle connection may carry a request: nothing lies on it and the server has not
/// closed.
bool IsQuiet(Connection& connection, std::vector<Observation>& observations) {
  const Stream::Result result =
      connection.stream->Read(connection.buffer.data(), connection.buffer.size());
  if (result.told == Stream::Told::kBytes) {
    constexpr std::size_t kShown = 40;
    const std::string_view beginning(connection.buffer.data(), std::min(result.bytes, kShown));
    observations.push_back(
        {observed::kUnsolicitedBytes, DescribeBytes(result.bytes, beginning), 0});
  }
  return result.told == Stream::Told::kWantRead || result.told == Stream::Told::kWantWrite;
}

}  // namespace

struct Client::Pool {
  Pool(Origin to, const Bounds& limits, const Clock& time, Expected<Connector> way)
      : origin(std::move(to)), bounds(limits), clock(time), connector(std::move(way)) {}

  tl::expected<std::unique_ptr<Connection>, Trouble> Connect(Instant start,
                                                             PhaseTimes& times) const {
    if (connector) return connector->Connect(bounds, start, times);
    return tl::unexpected(
        Trouble{TroubleKind::kTls, connector.error().message, "check this machine's OpenSSL"});
  }

  std::unique_ptr<Connection> TakeLast() {
    const std::lock_guard lock(mutex);
    if (idle.empty()) return nullptr;
    auto connection = std::move(idle.back());
    idle.pop_back();
    return connection;
  }

  /// Null: none is fit for use. Those that are not are dropped.
  std::unique_ptr<Connection> Take(bool repeatable, std::vector<Observation>& observations) {
    while (auto connection = TakeLast()) {
      const bool fresh = repeatable || SteadyNow() - connection->last_used < kFresh;
      if (IsQuiet(*connection, observations) && fresh) return connection;
    }
    return nullptr;
  }

  void Put(std::unique_ptr<Connection> connection) {
    const std::lock_guard lock(mutex);
    idle.push_back(std::move(connection));
  }

  /// Over an idle connection that is fit for it, or over a new one.
  Attempt Send(Request request);
  /// Over that connection, or over a new one where it is null. `before` was observed before.
  Attempt Send(Request request, std::unique_ptr<Connection> connection,
               std::vector<Observation> before);
  /// As many as CountPipelined says, over that connection. How many have their answer.
  std::size_t SendPipelined(std::vector<Attempt>& attempts, std::unique_ptr<Connection> connection);

  const Origin origin;
  const Bounds bounds;
  const Clock& clock;
  const Expected<Connector> connector;
  std::mutex mutex;
  std::vector<std::unique_ptr<Connection>> idle;
};

Client::Client(const Origin& origin, const Bounds& bounds, const Clock& clock)
    : pool_(std::make_unique<Pool>(origin, bounds, clock, Connector::Load(origin, {}))) {}
Client::Client(std::unique_ptr<Pool> pool) : pool_(std::move(pool)) {}
Expected<std::unique_ptr<Client>> Client::Open(const Origin& origin, const Bounds& bounds,
                                               const Clock& clock,
                                               const ConnectionSettings& settings) {
  Expected<Connector> connector = Connector::Load(origin, settings);
  if (!connector) return tl::unexpected(connector.error());
  return std::unique_ptr<Client>(
      new Client(std::make_unique<Pool>(origin, bounds, clock, std::move(connector))));
}
Client::~Client() = default;

const Origin& Client::origin() const { return pool_->origin; }

Attempt Client::Send(Request request) { return pool_->Send(std::move(request)); }

Attempt Client::Pool::Send(Request request) {
  std::vector<Observation> seen;
  auto connection = Take(MayBeRepeated(request), seen);
  return Send(std::move(request), std::move(connection), std::move(seen));
}

Attempt Client::Pool::Send(Request request, std::unique_ptr<Connection> connection,
                           std::vector<Observation> before) {
  const Instant start = SteadyNow();
  Attempt attempt;
  attempt.request = std::move(request);
  attempt.started = clock.Now();
  attempt.observations = std::move(before);
  const bool repeatable = MayBeRepeated(attempt.request);
  attempt.reused_connection = connection != nullptr;
  for (;;) {
    if (connection == nullptr) {
      auto connected = Connect(start, attempt.times);
      if (!connected) {
        attempt.trouble = std::move(connected.error());
        attempt.times.given_up = Since(start);
        return attempt;
      }
      connection = std::move(*connected);
    }
    attempt.remote_address = connection->remote_address;
    attempt.tls = connection->tls;
    const std::size_t seen = attempt.observations.size();
    Transfer transfer(*connection, attempt.request, bounds, start);
    transfer.Run(attempt);
    if (transfer.reusable()) Put(std::move(connection));
    // A request with an effect may have had it, though no answer came.
    const bool again =
        attempt.reused_connection && transfer.stale() && (repeatable || transfer.bytes_sent() == 0);
    if (!again) {
      if (attempt.trouble) attempt.times.given_up = Since(start);
      return attempt;
    }
    connection = nullptr;
    attempt.reused_connection = false;
    attempt.trouble.reset();
    attempt.observations.resize(seen);
    attempt.observations.push_back(
        {observed::kStaleConnection, "closed by the server before it answered", 0});
  }
}

std::size_t Client::Pool::SendPipelined(std::vector<Attempt>& attempts,
                                        std::unique_ptr<Connection> connection) {
  Pipeline pipeline(*connection, bounds, clock);
  const std::size_t answered = pipeline.Run(attempts);
  if (pipeline.reusable()) Put(std::move(connection));
  return answered;
}

std::vector<std::optional<Attempt>> Client::SendInTurn(std::vector<Request> requests) {
  std::vector<std::optional<Attempt>> all;
  all.reserve(requests.size());
  for (std::size_t begin = 0; begin < requests.size();) {
    const std::size_t count = CountPipelined(requests, begin);
    std::vector<Observation> seen;
    auto connection = pool_->Take(count == 1 && MayBeRepeated(requests[begin]), seen);
    if (count == 1 || connection == nullptr || !seen.empty()) {
      all.emplace_back(
          pool_->Send(std::move(requests[begin++]), std::move(connection), std::move(seen)));
      continue;
    }
    std::vector<Attempt> attempts(count);
    for (Attempt& attempt : attempts) attempt.request = std::move(requests[begin++]);
    const std::size_t answered = pool_->SendPipelined(attempts, std::move(connection));
    for (std::size_t i = 0; i < count; ++i) {
      all.push_back(i < answered ? std::optional(std::move(attempts[i])) : std::nullopt);
    }
  }
  return all;
}

}  // namespace conform
