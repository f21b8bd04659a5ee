#include "exchange/connection.h"

#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "exchange/lookup.h"
#include "exchange/tcp_stream.h"

namespace conform {
namespace {

/// An errno in words, as the end of a sentence.
std::string Words(int error) {
  std::string words = std::generic_category().message(error);
  if (!words.empty() && words[0] >= 'A' && words[0] <= 'Z') {
    words[0] = static_cast<char>(words[0] + ('a' - 'A'));
  }
  return words;
}

/// 0, or why not as an errno; ETIMEDOUT also where `until` passed.
int FinishConnecting(int descriptor, Instant until) {
  if (WaitFor(descriptor, POLLOUT, until) == 0) return ETIMEDOUT;
  int error = 0;
  socklen_t size = sizeof error;
  getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size);
  return error;
}

tl::expected<std::unique_ptr<Stream>, int> ConnectTo(const Address& address, Instant until) {
  const int descriptor =
      socket(address.bytes.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return tl::unexpected(errno);
  auto stream = std::make_unique<TcpStream>(descriptor);
  if (connect(descriptor, reinterpret_cast<const sockaddr*>(&address.bytes), address.size) != 0) {
    if (errno != EINPROGRESS) return tl::unexpected(errno);
    if (const int error = FinishConnecting(descriptor, until); error != 0) {
      return tl::unexpected(error);
    }
  }
  return stream;
}

Trouble NotConnected(std::string_view whom, int error, const Bounds& bounds) {
  if (error == ETIMEDOUT) {
    return {TroubleKind::kTimeout,
            fmt::format("no connection to {} within {} ms", whom, bounds.connect.count()),
            "check that the service is up and reachable, or raise the profile's bound 'connect'"};
  }
  return {TroubleKind::kConnect, fmt::format("no connection to {}: {}", whom, Words(error)),
          "check that the service is up, and the host and port of the target"};
}

}  // namespace

tl::expected<std::unique_ptr<Connection>, Trouble> ConnectTcp(const Origin& peer,
                                                              std::string_view whom,
                                                              const Bounds& bounds, Instant start,
                                                              PhaseTimes& times) {
  const Instant until = start + std::min(bounds.connect, bounds.exchange);
  const auto addresses = LookUp(peer.host, peer.port, until);
  if (!addresses) return tl::unexpected(addresses.error());
  times.lookup = Since(start);
  int error = ETIMEDOUT;
  std::size_t left = addresses->size();
  for (const Address& address : *addresses) {
    // An address that never answers leaves time for those after it.
    const Instant now = SteadyNow();
    auto stream = ConnectTo(address, now + (until - now) / static_cast<long>(left--));
    if (stream) {
      times.connect = Since(start);
      auto connection = std::make_unique_for_overwrite<Connection>();
      connection->stream = std::move(*stream);
      connection->remote_address = FormatAddress(address);
      return connection;
    }
    error = stream.error();
  }
  return tl::unexpected(NotConnected(whom, error, bounds));
}

}  // namespace conform
