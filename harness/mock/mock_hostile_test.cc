// What a hostile client sends is refused, and the mock goes on.
#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <string>

#include "mock/client_json.h"
#include "mock/request_body.h"
#include "mock/sample_server.h"

namespace conform {
namespace {

std::string Nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

/// Throws once when it is asked to.
class ThrowingClock final : public Clock {
 public:
  std::chrono::system_clock::time_point Now() const override {
    if (throws_.exchange(false)) throw std::runtime_error("thrown by a test");
    return std::chrono::system_clock::now();
  }
  void Sleep(std::chrono::milliseconds /*duration*/) override {}
  void ThrowOnce() { throws_ = true; }

 private:
  mutable std::atomic<bool> throws_{false};
};

class MockHostileTest : public MockServerTest {
 protected:
  void SetUp() override {
    MockOptions options;
    for (Contract* contract : {&create_, &change_}) contract->operation += contract->method;
    create_.method = "POST";
    change_.method = "PATCH";
    options.contracts = {&create_, &change_, &list_, &update_};
    Start(options);
  }

  static std::string WithJson(std::string_view line, const std::string& content) {
    const std::string token =
        IssueTestToken(Identity{IdentityKind::kDelegatedWork, ""}, "Things.ReadWrite.All", "t",
                       std::chrono::system_clock::now());
    return Raw(line,
               "Authorization: Bearer " + token + "\r\nContent-Type: application/json\r\n" +
                   "Content-Length: " + std::to_string(content.size()) + "\r\n",
               content);
  }

  std::string StatusOf(const std::string& request) {
    Wire wire(server_->port());
    wire.Send(request);
    return StatusLines(wire.Read());
  }

  Contract create_ = SampleOf(MockResource::Does::kCreate);
  Contract change_ = SampleOf(MockResource::Does::kUpdate);
  const Contract list_ = SampleList();
  ThrowingClock clock_;
};

TEST_F(MockHostileTest, WhatIsThrownEndsItsConnectionAlone) {
  MockOptions options;
  options.clock = &clock_;
  options.contracts = {&list_};
  Start(options);
  Wire other(server_->port());
  clock_.ThrowOnce();
  Wire wire(server_->port());
  wire.Send(Get("/beta/things"));
  EXPECT_EQ(StatusLines(wire.ReadToEnd()), "500 ");
  other.Send(Get("/nowhere"));
  EXPECT_EQ(StatusLines(other.Read()), "404 ");
}

// 16 MiB of extensions around a few bytes of content.
TEST_F(MockHostileTest, FramingOfChunksIsBoundedLikeContent) {
  const std::string chunk = "1;" + std::string(4000, 'a') + "\r\nx\r\n";
  std::string body;
  while (body.size() <= kLargestRequestBody) body += chunk;
  EXPECT_EQ(
      StatusOf(Raw("POST /beta/things", "Transfer-Encoding: chunked\r\n", body + "0\r\n\r\n")),
      "413 ");
  body.resize(chunk.size() * 1000);
  EXPECT_EQ(
      StatusOf(Raw("POST /beta/things", "Transfer-Encoding: chunked\r\n", body + "0\r\n\r\n")),
      "415 ");
}

TEST_F(MockHostileTest, HalfARequestLineIsNoLongTarget) {
  Wire wire(server_->port());
  wire.Send("GET / HTTP/1.1");
  wire.EndSending();
  EXPECT_EQ(StatusLines(wire.ReadToEnd()), "400 ");
}

TEST_F(MockHostileTest, JsonThatNestsDeepIsRefused) {
  for (const std::size_t depth : {kDeepestClientJson, std::size_t{100'000}}) {
    const std::string item = R"({"name":"x","more":)" + Nested(depth) + "}";
    EXPECT_EQ(StatusOf(WithJson("POST /beta/things", item)), "400 ");
    EXPECT_EQ(StatusOf(WithJson("PATCH /beta/things/first", item)), "400 ");
    EXPECT_EQ(StatusOf(WithJson("POST /.conform/tenants/t/clock", item)), "400 ");
    EXPECT_EQ(StatusOf(WithJson("POST /.conform/entra/clock", item)), "400 ");
  }
  const std::string item = R"({"name":"x","more":)" + Nested(kDeepestClientJson - 1) + "}";
  EXPECT_EQ(StatusOf(WithJson("POST /beta/things", item)), "201 ");
}

}  // namespace
}  // namespace conform
