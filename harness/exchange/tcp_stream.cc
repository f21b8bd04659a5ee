#include "exchange/tcp_stream.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

namespace conform {
namespace {

bool WouldBlock(int error) { return error == EAGAIN || error == EWOULDBLOCK || error == EINTR; }

}  // namespace

TcpStream::TcpStream(int descriptor) : descriptor_(descriptor) {
  const int on = 1;
  setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  fcntl(descriptor_, F_SETFL, fcntl(descriptor_, F_GETFL) | O_NONBLOCK);
}

TcpStream::~TcpStream() { close(descriptor_); }

Stream::Result TcpStream::Read(char* into, std::size_t max) {
  const ssize_t count = recv(descriptor_, into, max, 0);
  if (count > 0) return {Told::kBytes, static_cast<std::size_t>(count), 0};
  if (count == 0) return {Told::kClosed, 0, 0};
  return {WouldBlock(errno) ? Told::kWantRead : Told::kFailed, 0, errno};
}

Stream::Result TcpStream::Write(std::string_view bytes) {
  // Without MSG_NOSIGNAL a peer that has closed would end the whole process by SIGPIPE.
  const ssize_t count = send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  if (count >= 0) return {Told::kBytes, static_cast<std::size_t>(count), 0};
  return {WouldBlock(errno) ? Told::kWantWrite : Told::kFailed, 0, errno};
}

}  // namespace conform
