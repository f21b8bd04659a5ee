#include "exchange/tcp_stream.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>

namespace conform {
namespace {

bool WouldBlock(int error) { return error == EAGAIN || error == EWOULDBLOCK || error == EINTR; }

Stream::Result TellRead(ssize_t count) {
  using Told = Stream::Told;
  if (count > 0) return {Told::kBytes, static_cast<std::size_t>(count), 0};
  if (count == 0) return {Told::kClosed, 0, 0};
  return {WouldBlock(errno) ? Told::kWantRead : Told::kFailed, 0, errno};
}

}  // namespace

TcpStream::TcpStream(int descriptor) : descriptor_(descriptor) {
  const int on = 1;
  setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

TcpStream::~TcpStream() { close(descriptor_); }

Stream::Result TcpStream::Read(char* into, std::size_t max) {
  return TellRead(recv(descriptor_, into, max, MSG_DONTWAIT));
}

Stream::Result TcpStream::ReadBy(char* into, std::size_t max, Instant until) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - SteadyNow());
  if (left.count() <= 0) return {Told::kWantRead, 0, 0};
  // Nearly always the whole bound, and so nothing to be set.
  if (left != blocks_for_) BlockFor(left);
  return TellRead(recv(descriptor_, into, max, 0));
}

void TcpStream::BlockFor(std::chrono::milliseconds time) {
  if (blocks_for_.count() == 0) {
    fcntl(descriptor_, F_SETFL, fcntl(descriptor_, F_GETFL) & ~O_NONBLOCK);
  }
  constexpr int kMicroseconds = 1'000;
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  const timeval limit{seconds.count(), (time - seconds).count() * kMicroseconds};
  setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  blocks_for_ = time;
}

Stream::Result TcpStream::Write(std::string_view bytes) {
  // Without MSG_NOSIGNAL a peer that has closed would end the whole process by SIGPIPE.
  const ssize_t count = send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  if (count >= 0) return {Told::kBytes, static_cast<std::size_t>(count), 0};
  return {WouldBlock(errno) ? Told::kWantWrite : Told::kFailed, 0, errno};
}

}  // namespace conform
