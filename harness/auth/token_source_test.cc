#include "auth/token_source.h"

#include <gtest/gtest.h>

#include <utility>

namespace conform {
namespace {

class Fixed final : public TokenSource {
 public:
  Fixed(Expected<std::optional<std::string>> answer, int& asked)
      : answer_(std::move(answer)), asked_(asked) {}
  Expected<std::optional<std::string>> Find(const TokenRequest&) override {
    ++asked_;
    return answer_;
  }

 private:
  Expected<std::optional<std::string>> answer_;
  int& asked_;
};

FirstOf Two(Expected<std::optional<std::string>> first, Expected<std::optional<std::string>> second,
            int& asked) {
  std::vector<std::unique_ptr<TokenSource>> sources;
  sources.push_back(std::make_unique<Fixed>(std::move(first), asked));
  sources.push_back(std::make_unique<Fixed>(std::move(second), asked));
  return FirstOf(std::move(sources));
}

TEST(FirstOf, TakesTheFirstTokenAndAsksNoFurther) {
  int asked = 0;
  EXPECT_EQ(Two("a", "b", asked).Find({}).value(), "a");
  EXPECT_EQ(asked, 1);
}

TEST(FirstOf, GoesOnWhereASourceHasNone) {
  int asked = 0;
  EXPECT_EQ(Two(std::nullopt, "b", asked).Find({}).value(), "b");
  EXPECT_EQ(asked, 2);
}

TEST(FirstOf, AnEmptyTokenIsAToken) {
  int asked = 0;
  EXPECT_EQ(Two("", "b", asked).Find({}).value(), "");
}

TEST(FirstOf, AnErrorIsNotPassedOver) {
  int asked = 0;
  const auto token = Two(Fail("signed out"), "b", asked).Find({});
  ASSERT_FALSE(token.has_value());
  EXPECT_EQ(token.error().message, "signed out");
  EXPECT_EQ(asked, 1);
}

TEST(FirstOf, NothingWhereNoSourceHasOne) {
  int asked = 0;
  EXPECT_EQ(Two(std::nullopt, std::nullopt, asked).Find({}).value(), std::nullopt);
}

}  // namespace
}  // namespace conform
