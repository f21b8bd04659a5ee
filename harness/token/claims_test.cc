#include "token/claims.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

using nlohmann::json;
using Texts = std::vector<std::string>;

TEST(TextClaim, IsATextOrNothing) {
  const json claims = {{"tid", "x"}, {"n", 1}, {"list", {"a"}}};
  EXPECT_EQ(TextClaim(claims, "tid"), "x");
  EXPECT_EQ(TextClaim(claims, "n"), "");
  EXPECT_EQ(TextClaim(claims, "list"), "");
  EXPECT_EQ(TextClaim(claims, "absent"), "");
}

TEST(TextsClaim, IsATextOrAListOfTexts) {
  const json claims = {{"one", "a b"}, {"many", {"a", 1, "b"}}, {"none", {{"a", 1}}}};
  EXPECT_EQ(TextsClaim(claims, "one"), Texts{"a b"});
  EXPECT_EQ(TextsClaim(claims, "many"), (Texts{"a", "b"}));
  EXPECT_EQ(TextsClaim(claims, "none"), Texts{});
  EXPECT_EQ(TextsClaim(claims, "absent"), Texts{});
}

struct TimeRow {
  json value;
  std::int64_t seconds;  ///< -1: nothing.
};

TEST(TimeClaim, IsAnInstantThatAClockCanShow) {
  for (const TimeRow& row : {TimeRow{1'800'000'000, 1'800'000'000}, TimeRow{1.9, 1}, TimeRow{0, 0},
                             TimeRow{-1, -1}, TimeRow{1e300, -1}, TimeRow{9'000'000'000, -1},
                             TimeRow{"soon", -1}, TimeRow{nullptr, -1}}) {
    const auto time = TimeClaim({{"exp", row.value}}, "exp");
    EXPECT_EQ(
        time ? std::chrono::duration_cast<std::chrono::seconds>(time->time_since_epoch()).count()
             : -1,
        row.seconds)
        << row.value;
  }
  EXPECT_FALSE(TimeClaim(json::object(), "exp"));
}

}  // namespace
}  // namespace conform
