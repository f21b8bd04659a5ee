// One connection of the hostile server: plays its script.
#pragma once

#include <string>

#include "testing/hostile_server.h"

namespace conform {

/// What the connections of one server share with those who ask about it. Every call is safe from
/// several threads.
class HostileRecord {
 public:
  virtual ~HostileRecord() = default;
  virtual void Received(std::size_t connection, std::string_view bytes) = 0;
  virtual void ReceivedWhole(const ReceivedRequest& request) = 0;
  virtual void Wrote(std::size_t bytes) = 0;
  virtual void Played(std::size_t connection) = 0;
  /// Readable once the server stops.
  virtual int stop_descriptor() const = 0;
  /// Each byte in it lets one kAwaitSignal go on.
  virtual int signal_descriptor() const = 0;
};

class HostilePeer {
 public:
  HostilePeer(int descriptor, std::size_t connection, HostileRecord& record);
  ~HostilePeer();
  HostilePeer(const HostilePeer&) = delete;
  HostilePeer& operator=(const HostilePeer&) = delete;

  void Play(const Script& script);
  /// The target of the next request; empty where the client went away first.
  std::string ReadTarget();

 private:
  bool Do(const Act& act);
  bool ReadRequest();
  bool ReadBytes(std::size_t count);
  bool ReadSome();
  bool Write(std::string_view bytes);
  bool Drip(const Act& act);
  bool Pause(std::chrono::milliseconds pause);
  bool Await(int descriptor, short events);
  void Close();

  int descriptor_;
  std::size_t connection_;
  HostileRecord& record_;
  std::string unread_;  // came, but belongs to no act yet.
  std::string last_target_;
};

}  // namespace conform
