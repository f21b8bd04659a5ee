#include "run/mock_curl_lines.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

using In = Parameter::In;

Contract ContractOf(const char* operation, const char* method) {
  Contract contract;
  contract.operation = operation;
  contract.edition = "2026-01";
  contract.server = "https://api.example/v1";
  contract.method = method;
  contract.paths = {"/things/{id}"};
  ResponseRule success;
  success.status = 200;
  contract.responses = {success};
  return contract;
}

/// The lines of who shows nothing.
std::string LinesWithoutToken(const std::vector<const Contract*>& contracts) {
  Redactor redactor("key");
  const std::string all = MockCurlLines(contracts, "http://h", "", redactor);
  constexpr std::string_view kBefore = "# none\n";
  std::string lines;
  for (std::size_t at = all.find(kBefore); at != std::string::npos; at = all.find(kBefore, at)) {
    at += kBefore.size();
    lines += all.substr(at, all.find('\n', at) + 1 - at);
  }
  return lines;
}

TEST(MockCurlLines, SendWhatTheContractRequires) {
  Contract contract = ContractOf("things.get", "GET");
  const nlohmann::json day = {{"type", "string"}, {"example", "1 May"}};
  contract.parameters = {{"id", In::kPath, true, {{"example", "a/b"}}},
                         {"$day", In::kQuery, true, day},
                         {"maybe", In::kQuery, false, day},
                         {"X-Day", In::kHeader, true, day},
                         {"X-Maybe", In::kHeader, false, day},
                         {"if-match", In::kHeader, true, day},
                         {"accept", In::kHeader, true, day},
                         {"X-Lines", In::kHeader, true, {{"example", "a\r\nb"}}},
                         {"pot", In::kCookie, true, {{"example", "p"}}},
                         {"lid", In::kCookie, true, {}}};
  EXPECT_EQ(LinesWithoutToken({&contract}),
            "curl -i -X 'GET' -H 'Accept: application/json' -H 'X-Day: 1 May' -H 'if-match: *' "
            "-H 'Cookie: pot=p; lid=text' 'http://h/v1/things/a%2Fb?$day=1%20May'\n");
}

TEST(MockCurlLines, SendTheTokenWhereTheContractAsksForIt) {
  Contract contract = ContractOf("things.get", "GET");
  const auto has = [&](const char* text) {
    Redactor redactor("key");
    return MockCurlLines({&contract}, "http://h", "", redactor).find(text) != std::string::npos;
  };
  EXPECT_TRUE(has("-H 'Authorization: Bearer e"));
  contract.parameters = {{"X-Key", In::kHeader, true, {}, true}};
  EXPECT_TRUE(has("-H 'X-Key: e"));
  EXPECT_FALSE(has("Authorization"));
  contract.headers = {{"Authorization", true, "Bearer", ""}};
  EXPECT_TRUE(has("-H 'Authorization: Bearer e"));
  contract.parameters = {{"key", In::kQuery, true, {}, true}, {"pot", In::kCookie, true, {}, true}};
  EXPECT_TRUE(has("?key=e"));
  EXPECT_TRUE(has("-H 'Cookie: pot=e"));
}

TEST(MockCurlLines, DeleteLast) {
  const Contract remove = ContractOf("things.delete", "DELETE");
  const Contract get = ContractOf("things.get", "GET");
  const Contract update = ContractOf("things.update", "PATCH");
  const std::string lines = LinesWithoutToken({&remove, &get, &update});
  EXPECT_LT(lines.find("'GET'"), lines.find("'PATCH'"));
  EXPECT_LT(lines.find("'PATCH'"), lines.find("'DELETE'"));
}

}  // namespace
}  // namespace conform
