#include "testing/hostile_server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <thread>

#include "testing/hostile_peer.h"

namespace conform {
namespace {

constexpr std::size_t kMaxKept = std::size_t{4} << 20;

/// A pipe, whose reading end wakes those who poll it.
struct Waker {
  Waker() {
    if (pipe2(ends.data(), O_CLOEXEC) != 0) std::abort();
  }
  ~Waker() {
    close(ends[0]);
    close(ends[1]);
  }
  Waker(const Waker&) = delete;
  Waker& operator=(const Waker&) = delete;
  void Wake() const {
    if (write(ends[1], "!", 1) != 1) std::abort();
  }
  int descriptor() const { return ends[0]; }

  std::array<int, 2> ends{};
};

int Listen(std::uint16_t& port) {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  // A small window, so that a client that uploads soon waits for a server that does not read.
  const int window = 64 * 1024;
  setsockopt(listener, SOL_SOCKET, SO_RCVBUF, &window, sizeof window);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  if (bind(listener, any, size) != 0 || listen(listener, SOMAXCONN) != 0) std::abort();
  getsockname(listener, any, &size);
  port = ntohs(address.sin_port);
  return listener;
}

}  // namespace

Script SayNoMock() {
  return AnswerAndClose("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}

Script AnswerAndClose(std::string answer) {
  return {{Act::Kind::kReadRequest}, {Act::Kind::kWrite, std::move(answer)}};
}

struct HostileServer::Stage final : HostileRecord {
  Stage(std::vector<Script> in_order, std::map<std::string, Script> named)
      : scripts(std::move(in_order)), by_target(std::move(named)) {
    listener = Listen(port);
    acceptor = std::thread([this] { Accept(); });
  }

  ~Stage() override {
    stop.Wake();
    acceptor.join();
    for (std::thread& peer : peers) peer.join();
    close(listener);
  }
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  void Accept() {
    std::array<pollfd, 2> waited = {{{listener, POLLIN, 0}, {stop.descriptor(), POLLIN, 0}}};
    while (poll(waited.data(), waited.size(), -1) < 0 || waited[1].revents == 0) {
      const int descriptor = accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
      if (descriptor < 0) continue;
      const int on = 1;
      setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      const std::lock_guard lock(mutex);
      const std::size_t connection = received.size();
      received.emplace_back();
      played.push_back(0);
      peers.emplace_back([this, descriptor, connection] { Serve(descriptor, connection); });
    }
  }

  void Serve(int descriptor, std::size_t connection) {
    HostilePeer peer(descriptor, connection, *this);
    if (by_target.empty()) return peer.Play(scripts[std::min(connection, scripts.size() - 1)]);
    const auto named = by_target.find(peer.ReadTarget());
    if (named != by_target.end()) peer.Play(named->second);
  }

  void Received(std::size_t connection, std::string_view bytes) override {
    const std::lock_guard lock(mutex);
    std::string& kept = received[connection];
    kept += bytes.substr(0, kMaxKept - std::min(kMaxKept, kept.size()));
  }
  void ReceivedWhole(const ReceivedRequest& request) override {
    const std::lock_guard lock(mutex);
    requests.push_back(request);
  }
  void Wrote(std::size_t bytes) override {
    const std::lock_guard lock(mutex);
    written += bytes;
  }
  void Played(std::size_t connection) override {
    const std::lock_guard lock(mutex);
    ++played[connection];
    changed.notify_all();
  }
  int stop_descriptor() const override { return stop.descriptor(); }
  int signal_descriptor() const override { return signal.descriptor(); }

  const std::vector<Script> scripts;
  const std::map<std::string, Script> by_target;
  std::uint16_t port = 0;
  int listener = -1;
  Waker stop;
  Waker signal;
  mutable std::mutex mutex;
  mutable std::condition_variable changed;
  std::vector<std::string> received;
  std::vector<std::size_t> played;
  std::vector<ReceivedRequest> requests;
  std::size_t written = 0;
  std::vector<std::thread> peers;
  std::thread acceptor;
};

HostileServer::HostileServer(std::vector<Script> scripts)
    : stage_(std::make_unique<Stage>(std::move(scripts), std::map<std::string, Script>())) {}
HostileServer::HostileServer(std::unique_ptr<Stage> stage) : stage_(std::move(stage)) {}
HostileServer HostileServer::ByTarget(std::map<std::string, Script> scripts) {
  return HostileServer(std::make_unique<Stage>(std::vector<Script>(), std::move(scripts)));
}
HostileServer::~HostileServer() = default;

std::uint16_t HostileServer::port() const { return stage_->port; }
Origin HostileServer::origin() const { return {"http", "127.0.0.1", port()}; }
void HostileServer::Signal() { stage_->signal.Wake(); }

bool HostileServer::AwaitActs(std::size_t connection, std::size_t acts) const {
  std::unique_lock lock(stage_->mutex);
  return stage_->changed.wait_for(lock, std::chrono::seconds{10}, [&] {
    return stage_->played.size() > connection && stage_->played[connection] >= acts;
  });
}

std::size_t HostileServer::connections() const {
  const std::lock_guard lock(stage_->mutex);
  return stage_->received.size();
}

std::string HostileServer::received(std::size_t connection) const {
  const std::lock_guard lock(stage_->mutex);
  return connection < stage_->received.size() ? stage_->received[connection] : "";
}

std::vector<ReceivedRequest> HostileServer::requests() const {
  const std::lock_guard lock(stage_->mutex);
  return stage_->requests;
}

std::size_t HostileServer::bytes_written() const {
  const std::lock_guard lock(stage_->mutex);
  return stage_->written;
}

}  // namespace conform
