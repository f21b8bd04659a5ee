// What a hostile client sends is refused, and the mock goes on.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "mock/client_json.h"
#include "mock/sample_server.h"

namespace conform {
namespace {

std::string Nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

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
};

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
