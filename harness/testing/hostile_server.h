// A server of raw sockets that plays a script, however rude, and keeps what it was sent.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/origin.h"
#include "exchange/request_reader.h"

namespace conform {

/// One thing the server does on a connection.
struct Act {
  enum class Kind {
    kReadRequest,  ///< until one request is whole, by the strict reader.
    kReadBytes,    ///< until `count` more bytes came, whatever they are.
    kWrite,        ///< `bytes`, `count` times; 0: until the client goes away.
    kDrip,         ///< `bytes` one by one, `pause` after each; without end where `count` is 0.
    kHalfClose,    ///< no more will be written; what comes is still read.
    kClose,
    kReset,        ///< closes so that the client sees the connection reset.
    kSilence,      ///< does nothing until the client goes away or the server is stopped.
    kAwaitSignal,  ///< does nothing until HostileServer::Signal.
  };

  Kind kind;
  std::string bytes = {};
  std::size_t count = 1;
  std::chrono::milliseconds pause{0};
};

inline const Act kRead{Act::Kind::kReadRequest};
inline const Act kSilence{Act::Kind::kSilence};

/// Played in order; then the connection is closed.
using Script = std::vector<Act>;

/// An answer of a server that keeps no connection.
inline constexpr const char* kNoContent = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";

/// Reads a request, writes `answer`, and closes.
Script AnswerAndClose(std::string answer);

/// For the first connection of a run of profile mock: it asks whether a mock is there.
Script SayNoMock();

class HostileServer {
 public:
  /// Listens on a free port of 127.0.0.1. The first connection gets the first script, and so on;
  /// all after the last script get that again.
  explicit HostileServer(std::vector<Script> scripts);
  /// Reads one request and plays the script under its target; an unknown one is closed upon.
  static HostileServer ByTarget(std::map<std::string, Script> scripts);
  /// Stops whatever is being played.
  ~HostileServer();
  HostileServer(const HostileServer&) = delete;
  HostileServer& operator=(const HostileServer&) = delete;

  std::uint16_t port() const;
  Origin origin() const;

  /// Lets one kAwaitSignal, now or later, go on.
  void Signal();
  /// Waits until `acts` acts of that connection (from 0) are done; false after 10 s.
  bool AwaitActs(std::size_t connection, std::size_t acts) const;

  std::size_t connections() const;
  /// What came on that connection, the first 4 MiB of it.
  std::string received(std::size_t connection) const;
  /// The whole requests that kReadRequest read, over all connections in the order they were whole.
  std::vector<ReceivedRequest> requests() const;
  /// Over all connections.
  std::size_t bytes_written() const;

 private:
  struct Stage;
  explicit HostileServer(std::unique_ptr<Stage> stage);

  std::unique_ptr<Stage> stage_;
};

}  // namespace conform
