#include "exchange/client.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <vector>

#include "exchange/connection.h"
#include "exchange/connector.h"
#include "exchange/observation_log.h"
#include "exchange/observation_names.h"
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

Attempt Client::Send(Request request) {
  const Instant start = SteadyNow();
  Attempt attempt;
  attempt.request = std::move(request);
  attempt.started = pool_->clock.Now();
  const bool repeatable = MayBeRepeated(attempt.request);
  auto connection = pool_->Take(repeatable, attempt.observations);
  attempt.reused_connection = connection != nullptr;
  for (;;) {
    if (connection == nullptr) {
      auto connected = pool_->Connect(start, attempt.times);
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
    Transfer transfer(*connection, attempt.request, pool_->bounds, start);
    transfer.Run(attempt);
    if (transfer.reusable()) pool_->Put(std::move(connection));
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

}  // namespace conform
