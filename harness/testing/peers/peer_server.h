// A server that others wrote, on loopback, with a folder of its own.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "testing/program.h"

namespace conform {

/// Removed with what is in it.
class ServerFolder {
 public:
  explicit ServerFolder(const std::string& name);
  ~ServerFolder();
  ServerFolder(const ServerFolder&) = delete;
  ServerFolder& operator=(const ServerFolder&) = delete;

  /// The path of the file, readable by everybody: servers leave root's rights behind.
  std::string Write(const std::string& name, const std::string& text) const;
  std::string PathOf(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

/// One that nobody listens on just now.
std::uint16_t FreePort();

/// How squid is started as a proxy on that port of 127.0.0.1 that asks for a sign-in: `user` with
/// `pa:ss@word`. `name` keeps it apart from any other squid of the machine.
std::vector<std::string> SquidCommand(const ServerFolder& folder, std::uint16_t port,
                                      const std::string& name);

/// Runs until the object ends.
class PeerServer {
 public:
  /// Waits until `port` of 127.0.0.1 is listened on; the test fails where it is not within 20 s,
  /// and shows what the server said.
  PeerServer(const std::vector<std::string>& command, std::uint16_t port);

 private:
  StartedProgram program_;
};

/// Where the program is not on this machine: skips the test, or fails it where CONFORM_PEERS is
/// `required`, as harness/bootstrap.sh test sets it. True: it is there.
bool RequirePeer(const std::string& program);

/// The same for a module of Debian's Python.
bool RequirePythonModule(const std::string& module);

}  // namespace conform
