#include "exchange/json_body.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

JsonBody Read(std::string decoded, bool cut = false) {
  Response response;
  response.body = "coded";
  response.decoded_body = std::move(decoded);
  response.body_cut = cut;
  return ReadJsonBody(response);
}

TEST(ReadJsonBody, ReadsOnceAndAgainWhereTheContentIsAnother) {
  Response response;
  response.decoded_body = R"({"a":1})";
  const JsonBody* const first = &ReadJsonBody(response);
  EXPECT_EQ(first, &ReadJsonBody(response));
  response.decoded_body = R"({"a":2})";
  EXPECT_EQ(2, ReadJsonBody(response).value["a"]);
  response.body_cut = true;
  EXPECT_TRUE(ReadJsonBody(response).unreadable);
}

TEST(ReadJsonBody, ReadsTheDecodedContent) {
  EXPECT_EQ(Read("[1]").value, nlohmann::json::array({1}));
  EXPECT_EQ(Read("[1]").error, "");
}

TEST(ReadJsonBody, TellsWhereItIsNoJson) {
  EXPECT_EQ(Read("").error, "not JSON at byte 1");
  EXPECT_EQ(Read("[1,]").error, "not JSON at byte 4");
  EXPECT_EQ(Read("{} {}").error, "not JSON at byte 4");
  EXPECT_EQ(Read(std::string("{}\0 <html>", 10)).error, "not JSON at byte 3");
  EXPECT_EQ(Read("[-Infinity]").error, "not JSON at byte 3");
}

TEST(ReadJsonBody, TellsWhatJsonShouldNotHave) {
  EXPECT_FALSE(Read("[1]").marked);
  EXPECT_TRUE(Read("\xEF\xBB\xBF[1]").marked);
  EXPECT_EQ(Read("\xEF\xBB\xBF[1]").error, "");
  EXPECT_EQ(Read("\xEF\xBB[1]").error, "not JSON at byte 3");
  EXPECT_EQ(Read(R"({"a":1,"b":{"a":":"}})").repeated, std::nullopt);
  EXPECT_EQ(Read(R"({"a":1,"b":{"c":1,"c":2}})").repeated, "/b/c");
  EXPECT_EQ(Read(R"({"a":1,"b":{"c":1,"c":2}})").value["b"]["c"], 2);
}

TEST(ReadJsonBody, BlamesNothingOnOurOwnLimits) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_FALSE(Read(nested(kMaxJsonDepth)).unreadable);
  EXPECT_TRUE(Read(nested(kMaxJsonDepth + 1)).unreadable);
  EXPECT_TRUE(Read(std::string(100'000, '[')).unreadable);
  EXPECT_TRUE(Read("1e400").unreadable);
  EXPECT_TRUE(Read("[1", true).unreadable);
  Response coded;
  coded.decoded_body = "(\xb5/\xfd";
  coded.still_coded = true;
  EXPECT_TRUE(ReadJsonBody(coded).unreadable);
}

TEST(ReadJsonBody, BlamesNoHalfOfASurrogatePair) {
  for (const char* text : {R"({"id":"\ud800"})", R"({"\uDEAD":1})", R"(["\ude00\ud83d", 1e400])"}) {
    const JsonBody body = Read(text);
    EXPECT_TRUE(body.unreadable) << text;
    EXPECT_TRUE(body.value.is_discarded()) << text;
    EXPECT_EQ(body.error, "") << text;
  }
  EXPECT_EQ(Read(R"(["\ud83d\ude00"])").value.at(0), "\U0001F600");
  EXPECT_EQ(Read(R"(["\\ud800"])").value.at(0), "\\ud800");
  EXPECT_EQ(Read(R"(["\ud800",])").error, "not JSON at byte 11");
  EXPECT_EQ(Read(R"([\ud800])").error, "not JSON at byte 2");
}

TEST(ShowJson, IsOneShortLine) {
  EXPECT_EQ(ShowJson("a\nb"), "\"a\\nb\"");
  EXPECT_EQ(ShowJson(nlohmann::json::array({1, 2})), "[1,2]");
  EXPECT_EQ(ShowJson({{"a", 1}}), R"({"a":1})");
  EXPECT_EQ(ShowJson(std::vector<int>(39, 1)).size(), 79u);
  EXPECT_EQ(ShowJson(std::vector<int>(40, 1)), "an array of 40 items");
  EXPECT_EQ(ShowJson({{"a", std::string(80, 'x')}}), "an object of 1 member");
  EXPECT_EQ(ShowJson(std::vector<int>(8'000'000, 0)), "an array of 8,000,000 items");
  EXPECT_EQ(ShowJsonSize({{"a", 1}, {"b", 2}}), "an object of 2 members");
  EXPECT_EQ(ShowJsonSize("x"), "\"x\"");
  EXPECT_EQ(ShowJson(nullptr), "null");
  EXPECT_EQ(ShowJson("\u00e9"), "\"\u00e9\"");
  EXPECT_LE(ShowJson(std::string(5'000, 'x')).size(), 100u);
}

}  // namespace
}  // namespace conform
