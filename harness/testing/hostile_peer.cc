#include "testing/hostile_peer.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

namespace conform {

HostilePeer::HostilePeer(int descriptor, std::size_t connection, HostileRecord& record)
    : descriptor_(descriptor), connection_(connection), record_(record) {}

HostilePeer::~HostilePeer() { Close(); }

void HostilePeer::Close() {
  if (descriptor_ >= 0) close(descriptor_);
  descriptor_ = -1;
}

void HostilePeer::Play(const Script& script) {
  for (const Act& act : script) {
    const bool goes_on = descriptor_ >= 0 && Do(act);
    record_.Played(connection_);
    if (!goes_on) return;
  }
}

std::string HostilePeer::ReadTarget() { return ReadRequest() ? last_target_ : ""; }

/// False: the client went away or the server is to stop.
bool HostilePeer::Do(const Act& act) {
  switch (act.kind) {
    case Act::Kind::kReadRequest:
      return ReadRequest();
    case Act::Kind::kReadBytes:
      return ReadBytes(act.count);
    case Act::Kind::kWrite:
      for (std::size_t i = 0; act.count == 0 || i < act.count; ++i) {
        if (!Write(act.bytes)) return false;
      }
      return true;
    case Act::Kind::kDrip:
      return Drip(act);
    case Act::Kind::kHalfClose:
      return shutdown(descriptor_, SHUT_WR) == 0;
    case Act::Kind::kClose:
      Close();
      return true;
    case Act::Kind::kReset: {
      const linger at_once{1, 0};
      setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
      Close();
      return true;
    }
    case Act::Kind::kSilence:
      return Await(descriptor_, POLLRDHUP);
    case Act::Kind::kAwaitSignal: {
      char signal;
      return Await(record_.signal_descriptor(), POLLIN) &&
             read(record_.signal_descriptor(), &signal, 1) == 1;
    }
  }
  return false;
}

/// False: the server is to stop.
bool HostilePeer::Await(int descriptor, short events) {
  std::array<pollfd, 2> waited = {
      {{descriptor, events, 0}, {record_.stop_descriptor(), POLLIN, 0}}};
  while (poll(waited.data(), waited.size(), -1) < 0) {
  }
  return waited[1].revents == 0;
}

bool HostilePeer::Pause(std::chrono::milliseconds pause) {
  pollfd waited{record_.stop_descriptor(), POLLIN, 0};
  return poll(&waited, 1, static_cast<int>(pause.count())) == 0;
}

bool HostilePeer::ReadSome() {
  std::array<char, std::size_t{64} * 1024> buffer;
  if (!Await(descriptor_, POLLIN)) return false;
  const ssize_t count = recv(descriptor_, buffer.data(), buffer.size(), MSG_DONTWAIT);
  if (count <= 0) return false;
  const std::string_view came(buffer.data(), static_cast<std::size_t>(count));
  record_.Received(connection_, came);
  unread_ += came;
  return true;
}

bool HostilePeer::ReadRequest() {
  Bounds bounds;
  bounds.body_bytes = std::size_t{1} << 30;
  RequestReader reader(bounds);
  for (;;) {
    std::string_view bytes = unread_;
    const RequestReader::State state = reader.Feed(bytes);
    unread_.erase(0, unread_.size() - bytes.size());
    if (state == RequestReader::State::kComplete) break;
    if (state == RequestReader::State::kBroken || !ReadSome()) return false;
  }
  last_target_ = reader.received().request.target;
  record_.ReceivedWhole(reader.received());
  return true;
}

bool HostilePeer::ReadBytes(std::size_t count) {
  while (unread_.size() < count) {
    if (!ReadSome()) return false;
  }
  unread_.erase(0, count);
  return true;
}

bool HostilePeer::Write(std::string_view bytes) {
  while (!bytes.empty()) {
    if (!Await(descriptor_, POLLOUT)) return false;
    const ssize_t count =
        send(descriptor_, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (count < 0) return false;
    record_.Wrote(static_cast<std::size_t>(count));
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

bool HostilePeer::Drip(const Act& act) {
  do {
    for (const char& c : act.bytes) {
      if (!Write({&c, 1}) || !Pause(act.pause)) return false;
    }
  } while (act.count == 0);
  return true;
}

}  // namespace conform
