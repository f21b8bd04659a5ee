#include "auth/made_up_tokens.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

TEST(MadeUpTokens, AreNoneAndMalformedAlone) {
  MadeUpTokens tokens;
  for (const IdentityKind kind : kIdentityKinds) {
    const auto token = tokens.Find(TokenRequest{Identity{kind, ""}, "Things.Read", "t"});
    ASSERT_TRUE(token.has_value());
    std::optional<std::string> expected;
    if (kind == IdentityKind::kNone) expected = "";
    if (kind == IdentityKind::kMalformed) expected = "not-a-token";
    EXPECT_EQ(*token, expected) << NameOf(kind);
  }
}

}  // namespace
}  // namespace conform
