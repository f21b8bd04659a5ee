#include "testing/loopback_listener.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <mutex>
#include <set>
#include <thread>
#include <utility>
#include <vector>

namespace conform {

struct LoopbackListener::Parts {
  explicit Parts(std::function<void(int)> how) : serve(std::move(how)) {
    listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener, any, size) != 0 || ::listen(listener, SOMAXCONN) != 0) std::abort();
    ::getsockname(listener, any, &size);
    port = ntohs(address.sin_port);
    accepting = std::thread([this] { Accept(); });
  }

  ~Parts() {
    {
      const std::lock_guard lock(mutex);
      stopping = true;
      for (const int socket : sockets) ::shutdown(socket, SHUT_RDWR);
    }
    ::shutdown(listener, SHUT_RDWR);
    accepting.join();
    for (std::thread& thread : serving) thread.join();
    ::close(listener);
  }
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;

  void Accept() {
    for (;;) {
      const int socket = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
      const std::lock_guard lock(mutex);
      if (stopping) {
        if (socket >= 0) ::close(socket);
        return;
      }
      if (socket < 0) continue;
      sockets.insert(socket);
      serving.emplace_back([this, socket] { Serve(socket); });
    }
  }

  void Serve(int socket) {
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
    serve(socket);
    const std::lock_guard lock(mutex);
    sockets.erase(socket);
    ::close(socket);
  }

  const std::function<void(int)> serve;
  int listener = -1;
  std::uint16_t port = 0;
  std::mutex mutex;
  bool stopping = false;
  std::set<int> sockets;
  std::vector<std::thread> serving;
  std::thread accepting;
};

LoopbackListener::LoopbackListener(std::function<void(int)> serve)
    : parts_(std::make_unique<Parts>(std::move(serve))) {}
LoopbackListener::~LoopbackListener() = default;

std::uint16_t LoopbackListener::port() const { return parts_->port; }

}  // namespace conform
