#include "auth/test_tokens.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "token/jwt.h"
#include "token/test_key.h"

namespace conform {
namespace {

using std::chrono::minutes;

std::string Find(TestTokens& tokens, IdentityKind kind, const char* permission,
                 const char* tenant) {
  return tokens.Find(TokenRequest{Identity{kind, ""}, permission, tenant}).value().value();
}

TEST(TestTokens, AreSignedForTenantAndPermission) {
  ManualClock clock{std::chrono::system_clock::time_point(std::chrono::hours(500'000))};
  TestTokens tokens(clock);
  const std::string token = Find(tokens, IdentityKind::kDelegatedWork, "Things.Read", "t1");
  EXPECT_TRUE(VerifyJwt(token, TestTokenKey()));
  const Jwt jwt = ReadJwt(token).value();
  EXPECT_EQ(jwt.claims.value("scp", ""), "Things.Read");
  EXPECT_EQ(jwt.claims.value("tid", ""), "t1");
}

TEST(TestTokens, DifferByIdentityPermissionAndTenant) {
  ManualClock clock{std::chrono::system_clock::time_point(std::chrono::hours(500'000))};
  TestTokens tokens(clock);
  const std::string token = Find(tokens, IdentityKind::kDelegatedWork, "Things.Read", "t1");
  EXPECT_NE(Find(tokens, IdentityKind::kApplication, "Things.Read", "t1"), token);
  EXPECT_NE(Find(tokens, IdentityKind::kDelegatedWork, "Things.Write", "t1"), token);
  EXPECT_NE(Find(tokens, IdentityKind::kDelegatedWork, "Things.Read", "t2"), token);
  EXPECT_EQ(Find(tokens, IdentityKind::kNone, "Things.Read", "t1"), "");
  EXPECT_EQ(Find(tokens, IdentityKind::kMalformed, "Things.Read", "t1"), "not-a-token");
}

TEST(TestTokens, AreKeptForHalfTheirLife) {
  ManualClock clock{std::chrono::system_clock::time_point(std::chrono::hours(500'000))};
  TestTokens tokens(clock);
  const std::string token = Find(tokens, IdentityKind::kDelegatedWork, "Things.Read", "t1");
  clock.Sleep(minutes(30) - std::chrono::milliseconds(1));
  EXPECT_EQ(Find(tokens, IdentityKind::kDelegatedWork, "Things.Read", "t1"), token);
  clock.Sleep(std::chrono::milliseconds(1));
  EXPECT_NE(Find(tokens, IdentityKind::kDelegatedWork, "Things.Read", "t1"), token);
}

TEST(TestTokens, ServeSeveralThreads) {
  const ManualClock clock{std::chrono::system_clock::time_point(std::chrono::hours(500'000))};
  TestTokens tokens(clock);
  std::vector<std::string> found(8);
  std::vector<std::thread> threads;
  threads.reserve(found.size());
  for (std::string& token : found) {
    threads.emplace_back([&tokens, &token] {
      token = Find(tokens, IdentityKind::kDelegatedWork, "Things.Read", "t1");
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& token : found) EXPECT_EQ(token, found.front());
}

}  // namespace
}  // namespace conform
