#include "testing/forwarding_proxy.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <mutex>

#include "base/digest.h"
#include "testing/loopback_listener.h"

namespace conform {
namespace {

constexpr std::string_view kEnd = "\r\n\r\n";

/// The header section and nothing behind it; empty where it did not come.
std::string ReadHead(int socket) {
  std::string head;
  char byte = 0;
  while (!head.ends_with(kEnd)) {
    if (head.size() > 65'536 || ::recv(socket, &byte, 1, 0) != 1) return "";
    head += byte;
  }
  return head;
}

void Send(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void SendAtOnce(int socket) {
  const int on = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

/// -1 where nobody listens there.
int ConnectTo(std::uint16_t port) {
  const int origin = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(origin, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
    SendAtOnce(origin);
    return origin;
  }
  ::close(origin);
  return -1;
}

/// Of `CONNECT host:port HTTP/1.1`; 0: there is none.
std::uint16_t PortOf(std::string_view head) {
  const std::string_view target = head.substr(0, head.find(" HTTP/"));
  std::uint16_t port = 0;
  const std::string_view digits = target.substr(target.rfind(':') + 1);
  std::from_chars(digits.data(), digits.data() + digits.size(), port);
  return port;
}

/// Passes on what comes on one side. False: that side ended.
bool Pass(int from, int to) {
  std::array<char, 65'536> bytes;
  const ssize_t count = ::recv(from, bytes.data(), bytes.size(), 0);
  if (count <= 0) return false;
  Send(to, {bytes.data(), static_cast<std::size_t>(count)});
  return true;
}

/// Until both sides ended.
void Relay(int client, int origin) {
  std::array<pollfd, 2> sides = {{{client, POLLIN, 0}, {origin, POLLIN, 0}}};
  while (sides[0].fd >= 0 || sides[1].fd >= 0) {
    if (::poll(sides.data(), sides.size(), -1) <= 0) return;
    for (std::size_t i = 0; i < sides.size(); ++i) {
      const int other = i == 0 ? origin : client;
      if (sides[i].fd < 0 || sides[i].revents == 0 || Pass(sides[i].fd, other)) continue;
      ::shutdown(other, SHUT_WR);
      sides[i].fd = -1;
    }
  }
}

}  // namespace

struct ForwardingProxy::Parts {
  explicit Parts(ForwardingProxyOptions given)
      : options(std::move(given)), listener([this](int socket) { Serve(socket); }) {}

  bool IsSignedIn(const std::string& head) const {
    if (options.sign_in.empty()) return true;
    return head.find("\r\nProxy-Authorization: Basic " + Base64(options.sign_in) + "\r\n") !=
           std::string::npos;
  }

  void Serve(int client) {
    SendAtOnce(client);
    const std::string head = ReadHead(client);
    if (head.empty()) return;
    {
      const std::lock_guard lock(mutex);
      heads.push_back(head);
    }
    if (!options.answer.empty()) return Send(client, options.answer);
    if (!IsSignedIn(head)) {
      return Send(client,
                  "HTTP/1.1 407 Proxy Authentication Required\r\n"
                  "Proxy-Authenticate: Basic realm=\"test\"\r\nContent-Length: 0\r\n\r\n");
    }
    const int origin = ConnectTo(PortOf(head));
    if (origin < 0) {
      return Send(client, "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
    }
    {
      const std::lock_guard lock(mutex);
      ++tunnels;
    }
    Send(client, "HTTP/1.1 200 Connection established\r\n\r\n");
    Relay(client, origin);
    ::close(origin);
  }

  const ForwardingProxyOptions options;
  mutable std::mutex mutex;
  std::vector<std::string> heads;
  std::size_t tunnels = 0;
  LoopbackListener listener;  // last: its threads end first
};

ForwardingProxy::ForwardingProxy(ForwardingProxyOptions options)
    : parts_(std::make_unique<Parts>(std::move(options))) {}
ForwardingProxy::~ForwardingProxy() = default;

std::uint16_t ForwardingProxy::port() const { return parts_->listener.port(); }

std::string ForwardingProxy::address(const std::string& sign_in) const {
  return "http://" + (sign_in.empty() ? "" : sign_in + "@") + "127.0.0.1:" + std::to_string(port());
}

std::vector<std::string> ForwardingProxy::heads() const {
  const std::lock_guard lock(parts_->mutex);
  return parts_->heads;
}

std::size_t ForwardingProxy::tunnels() const {
  const std::lock_guard lock(parts_->mutex);
  return parts_->tunnels;
}

}  // namespace conform
