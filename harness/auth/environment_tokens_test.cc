#include "auth/environment_tokens.h"

#include <gtest/gtest.h>

#include <map>

namespace conform {
namespace {

Expected<std::optional<std::string>> Find(IdentityKind kind,
                                          std::map<std::string, std::string> variables) {
  EnvironmentTokens tokens([&](std::string_view name) -> std::optional<std::string> {
    const auto found = variables.find(std::string(name));
    if (found == variables.end()) return std::nullopt;
    return found->second;
  });
  return tokens.Find(TokenRequest{Identity{kind, ""}, "Things.Read", ""});
}

TEST(TokenVariable, IsTheIdentityInUpperCase) {
  EXPECT_EQ(TokenVariable(IdentityKind::kDelegatedWork), "CONFORM_TOKEN_DELEGATED_WORK");
  EXPECT_EQ(TokenVariable(IdentityKind::kWrongAudience), "CONFORM_TOKEN_WRONG_AUDIENCE");
}

struct ValueRow {
  const char* name;
  std::string value;
  std::optional<std::string> token;
};

class EnvironmentTokensRead : public testing::TestWithParam<ValueRow> {};

TEST_P(EnvironmentTokensRead, TheIdentitysVariable) {
  const auto token =
      Find(IdentityKind::kApplication, {{"CONFORM_TOKEN_APPLICATION", GetParam().value}});
  ASSERT_TRUE(token.has_value()) << token.error().message;
  EXPECT_EQ(*token, GetParam().token);
}

INSTANTIATE_TEST_SUITE_P(Table, EnvironmentTokensRead,
                         testing::Values(ValueRow{"Plain", "abc.def.ghi", "abc.def.ghi"},
                                         ValueRow{"LineFeedBehind", "abc\n", "abc"},
                                         ValueRow{"CrLfBehind", "abc\r\n", "abc"},
                                         ValueRow{"OpaqueToken", "EwBw+/==", "EwBw+/=="},
                                         ValueRow{"Empty", "", std::nullopt},
                                         ValueRow{"OnlyALineFeed", "\n", std::nullopt}),
                         [](const testing::TestParamInfo<ValueRow>& row) {
                           return row.param.name;
                         });

TEST(EnvironmentTokens, UnsetVariableIsNoToken) {
  const auto token =
      Find(IdentityKind::kApplication, {{"CONFORM_TOKEN_DELEGATED_WORK", "abc.def.ghi"}});
  ASSERT_TRUE(token.has_value());
  EXPECT_EQ(*token, std::nullopt);
}

TEST(EnvironmentTokens, NoneStaysWithoutAToken) {
  const auto token = Find(IdentityKind::kNone, {{"CONFORM_TOKEN_NONE", "abc"}});
  ASSERT_TRUE(token.has_value());
  EXPECT_EQ(*token, std::nullopt);
}

TEST(EnvironmentTokens, WhatNoTokenHoldsIsAnErrorThatDoesNotQuoteTheValue) {
  for (const std::string value : {"Bearer hunter2", "hunter2\n\n", " hunter2", "hunter2\x7f",
                                  "hunter2\thunter2", "\"hunter2\"", "'hunter2'\n"}) {
    const auto token =
        Find(IdentityKind::kDelegatedWork, {{"CONFORM_TOKEN_DELEGATED_WORK", value}});
    ASSERT_FALSE(token.has_value()) << value;
    EXPECT_EQ(
        token.error().message,
        "CONFORM_TOKEN_DELEGATED_WORK holds white space, a quotation mark or what is no printable "
        "ASCII, which no token has: it is to hold the token alone, without 'Bearer' and without "
        "quotation marks");
  }
}

}  // namespace
}  // namespace conform
