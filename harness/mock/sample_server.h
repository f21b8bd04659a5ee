// A running mock and the clients of plain bytes that its tests speak to it with.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "mock/mock_server.h"
#include "mock/sample_contracts.h"
#include "token/test_token.h"

namespace conform {

/// A client of plain bytes.
class Wire {
 public:
  explicit Wire(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ =
        ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
  }
  ~Wire() { ::close(socket_); }
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  bool connected() const { return connected_; }

  /// Sends no more; answers can still be read.
  void EndSending() { ::shutdown(socket_, SHUT_WR); }

  void Send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }

  /// Reads until what came ends the `count`th answer; answers are told by their status line, and a
  /// length where they have one. Stops at the end of the connection too.
  std::string Read(int count = 1) {
    while (CountWhole() < count && Receive()) {
    }
    return std::exchange(received_, {});
  }

  std::string ReadToEnd() {
    while (Receive()) {
    }
    return std::exchange(received_, {});
  }

  /// Some bytes more. False at the end of the connection.
  bool Receive() {
    std::array<char, 4096> bytes;
    const ssize_t received = ::recv(socket_, bytes.data(), bytes.size(), 0);
    if (received <= 0) return false;
    received_.append(bytes.data(), static_cast<std::size_t>(received));
    return true;
  }

 private:
  int CountWhole() const {
    int whole = 0;
    std::string_view rest = received_;
    for (;;) {
      const std::size_t head = rest.find("\r\n\r\n");
      if (head == std::string_view::npos) return whole;
      std::size_t length = 0;
      const std::size_t field = rest.substr(0, head).find("Content-Length: ");
      if (field != std::string_view::npos) {
        length = static_cast<std::size_t>(std::stoul(std::string(rest.substr(field + 16, 9))));
      }
      if (rest.size() < head + 4 + length) return whole;
      rest.remove_prefix(head + 4 + length);
      ++whole;
    }
  }

  int socket_;
  bool connected_ = false;
  std::string received_;
};

/// The statuses of all answers in there, each with a space behind it.
inline std::string StatusLines(std::string_view answers) {
  std::string lines;
  for (std::size_t at = answers.find("HTTP/1.1 "); at != std::string_view::npos;
       at = answers.find("HTTP/1.1 ", at + 1)) {
    lines += std::string(answers.substr(at + 9, 3)) + " ";
  }
  return lines;
}

/// A request of HTTP/1.1 whose Host is proper.
inline std::string Raw(std::string_view line, std::string_view fields = "",
                       std::string_view body = "") {
  return std::string(line) + " HTTP/1.1\r\nHost: h\r\n" + std::string(fields) + "\r\n" +
         std::string(body);
}

/// Whether Stop returns long before a silent client would be given up, which takes a minute.
inline bool StopsSoon(MockServer& server) {
  std::promise<void> stopped;
  std::thread stopping([&] {
    server.Stop();
    stopped.set_value();
  });
  const auto told = stopped.get_future().wait_for(std::chrono::seconds(30));
  stopping.join();
  return told == std::future_status::ready;
}

/// A server of the sample contracts on a port of its own.
class MockServerTest : public testing::Test {
 protected:
  void SetUp() override { Start({}); }
  /// Before what a derived fixture gave it goes.
  void TearDown() override { server_.reset(); }

  void Start(MockOptions options) {
    if (options.contracts.empty()) options.contracts = {&action_, &update_};
    auto started = MockServer::Start(options);
    ASSERT_TRUE(started.has_value()) << started.error().message;
    server_ = *std::move(started);
  }

  /// `tenant` decides whose past the request sees.
  static std::string Post(const std::string& tenant, std::string_view length = "Content-Length: 0",
                          std::string_view body = "") {
    std::string request = "POST /beta/things/sync HTTP/1.1\r\nHost: localhost\r\n";
    request += "Authorization: Bearer " + IssueTestToken(Identity{IdentityKind::kDelegatedWork, ""},
                                                         "Things.ReadWrite.All", tenant,
                                                         std::chrono::system_clock::now());
    request += "\r\n";
    if (!length.empty()) request.append(length).append("\r\n");
    return request.append("\r\n").append(body);
  }

  static std::string Get(std::string_view path = "/beta/things/sync") {
    return "GET " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
  }

  bool StopsSoon() { return conform::StopsSoon(*server_); }

  const Contract action_ = SampleAction();
  const Contract update_ = SampleUpdate();
  std::unique_ptr<MockServer> server_;
};

}  // namespace conform
