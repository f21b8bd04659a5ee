#include "testing/peers/peer_server.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>

#include "testing/program.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

sockaddr_in LoopbackAt(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

bool IsListenedOn(std::uint16_t port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = LoopbackAt(port);
  const int told = ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  ::close(socket);
  return told == 0;
}

/// False, told as CONFORM_PEERS wants it.
bool LacksPeer(const std::string& what) {
  const char* const wanted = std::getenv("CONFORM_PEERS");
  const std::string advice =
      fmt::format("{} is not installed: bash harness/bootstrap.sh test", what);
  const auto skip = [&advice] { GTEST_SKIP() << advice; };
  if (wanted != nullptr && std::string_view(wanted) == "required") {
    ADD_FAILURE() << advice;
  } else {
    skip();
  }
  return false;
}

}  // namespace

ServerFolder::ServerFolder(const std::string& name)
    : path_(fs::path(testing::TempDir()) / fmt::format("peer_{}.{}", name, ::getpid())) {
  fs::remove_all(path_);
  fs::create_directories(path_);
  fs::permissions(path_, fs::perms::all);
}

ServerFolder::~ServerFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string ServerFolder::Write(const std::string& name, const std::string& text) const {
  std::ofstream(path_ / name, std::ios::binary) << text;
  fs::permissions(path_ / name, fs::perms::owner_read | fs::perms::owner_write |
                                    fs::perms::group_read | fs::perms::others_read);
  return PathOf(name);
}

std::uint16_t FreePort() {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = LoopbackAt(0);
  socklen_t size = sizeof address;
  ::bind(socket, reinterpret_cast<const sockaddr*>(&address), size);
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  ::close(socket);
  return ntohs(address.sin_port);
}

std::vector<std::string> SquidCommand(const ServerFolder& folder, std::uint16_t port,
                                      const std::string& name) {
  const ProgramResult hashed =
      RunProgram({"openssl", "passwd", "-apr1", "-salt", "saltsalt", "pa:ss@word"});
  const std::string users = folder.Write("users", "user:" + hashed.output);
  const std::string configuration = folder.Write(
      "squid.conf", fmt::format("http_port 127.0.0.1:{0}\n"
                                "auth_param basic program /usr/lib/squid/basic_ncsa_auth {1}\n"
                                "auth_param basic realm peers\nauth_param basic children 1\n"
                                "acl signed_in proxy_auth REQUIRED\nhttp_access allow signed_in\n"
                                "http_access deny all\ncache deny all\naccess_log none\n"
                                "cache_log /dev/null\ncache_store_log none\npid_filename none\n"
                                "coredump_dir {2}\npinger_enable off\nshutdown_lifetime 0 seconds\n"
                                "visible_hostname peers\n",
                                port, users, folder.PathOf("")));
  return {"squid", "-N", "-d", "1", "-n", name, "-f", configuration};
}

PeerServer::PeerServer(const std::vector<std::string>& command, std::uint16_t port)
    : program_({command}) {
  // It tells nobody when it is ready: asking is the only way. Node takes half a minute to start
  // where much else runs.
  const auto until = std::chrono::steady_clock::now() + std::chrono::minutes{2};
  while (!IsListenedOn(port)) {
    if (!program_.IsRunning() || std::chrono::steady_clock::now() > until) {
      program_.Signal(9);
      const ProgramResult result = program_.Wait();
      ADD_FAILURE() << command[0] << " does not listen\n" << result.output << result.errors;
      return;
    }
    ::poll(nullptr, 0, 10);
  }
}

bool RequirePeer(const std::string& program) {
  for (const char* const folder : {"/usr/sbin", "/usr/bin", "/usr/local/bin", "/usr/local/sbin"}) {
    if (fs::exists(fs::path(folder) / program)) return true;
  }
  return LacksPeer(program);
}

bool RequirePythonModule(const std::string& module) {
  const ProgramResult told = RunProgram({"/usr/bin/python3", "-c", "import " + module});
  return told.exit_code == 0 || LacksPeer("Debian's python3-" + module);
}

}  // namespace conform
