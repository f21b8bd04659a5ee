#include "auth/cached_tokens.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace conform {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using Answer = Expected<std::optional<IssuedToken>>;

const std::chrono::system_clock::time_point kStart{std::chrono::hours(24 * 20'000)};

/// Issues `token-1`, `token-2`, …, each with the same life; fails while `fails`.
class Numbered final : public TokenIssuer {
 public:
  Numbered(const Clock& clock, std::optional<seconds> life, bool renews = true)
      : clock_(clock), life_(life), renews_(renews) {}
  Answer Issue() override {
    const int number = ++issued;
    if (fails) return Fail("signed out");
    IssuedToken token{"token-" + std::to_string(number), std::nullopt};
    if (life_) token.expires = clock_.Now() + *life_;
    return token;
  }
  bool renews() const override { return renews_; }

  std::atomic<int> issued = 0;
  std::atomic<bool> fails = false;

 private:
  const Clock& clock_;
  std::optional<seconds> life_;
  bool renews_;
};

struct Cached {
  explicit Cached(std::optional<seconds> life, bool renews = true) {
    auto made = std::make_unique<Numbered>(clock, life, renews);
    issuer = made.get();
    tokens = std::make_unique<CachedTokens>(IdentityKind::kApplication, std::move(made), clock,
                                            redactor);
  }
  /// The token or the error's words.
  std::string Find() {
    const auto found = tokens->Find({Identity{IdentityKind::kApplication, ""}, "", ""});
    return found ? found->value_or("nothing") : found.error().message;
  }

  ManualClock clock{kStart};
  Redactor redactor{"key"};
  Numbered* issuer = nullptr;
  std::unique_ptr<CachedTokens> tokens;
};

struct RenewalRow {
  std::string name;
  std::optional<seconds> life;
  seconds last_kept;  // so long after it was issued it still serves; a second later no more
};

class CachedTokensRenew : public testing::TestWithParam<RenewalRow> {};

TEST_P(CachedTokensRenew, InTimeAndNotBefore) {
  Cached cached(GetParam().life);
  EXPECT_EQ(cached.Find(), "token-1");
  cached.clock.Sleep(GetParam().last_kept);
  EXPECT_EQ(cached.Find(), "token-1");
  cached.clock.Sleep(seconds(1));
  EXPECT_EQ(cached.Find(), "token-2");
}

INSTANTIATE_TEST_SUITE_P(
    Lives, CachedTokensRenew,
    testing::Values(RenewalRow{"AnHour", minutes(60), minutes(55) - seconds(1)},
                    RenewalRow{"SixMinutes", minutes(6), minutes(3) - seconds(1)},
                    RenewalRow{"FiveSeconds", seconds(5), seconds(9)},
                    RenewalRow{"Untold", std::nullopt, minutes(5) - seconds(1)}),
    [](const auto& param) { return param.param.name; });

TEST(CachedTokens, AreAskedForOnceByAllWorkersAtEachRenewal) {
  Cached cached(minutes(60));
  for (int round = 1; round <= 3; ++round) {
    std::vector<std::thread> workers;
    std::vector<std::string> found(8);
    workers.reserve(found.size());
    for (std::string& token : found) workers.emplace_back([&] { token = cached.Find(); });
    for (std::thread& worker : workers) worker.join();
    EXPECT_EQ(found, std::vector<std::string>(8, "token-" + std::to_string(round)));
    EXPECT_EQ(cached.issuer->issued, round);
    cached.clock.Sleep(minutes(56));
  }
}

TEST(CachedTokens, ServeOnWhereARenewalFailsUntilTheyExpire) {
  Cached cached(minutes(60));
  EXPECT_EQ(cached.Find(), "token-1");
  cached.issuer->fails = true;
  cached.clock.Sleep(minutes(56));
  EXPECT_EQ(cached.Find(), "token-1");
  EXPECT_EQ(cached.Find(), "token-1");
  EXPECT_EQ(cached.issuer->issued, 2);
  cached.clock.Sleep(minutes(4));
  EXPECT_EQ(cached.Find(), "signed out");
}

TEST(CachedTokens, AnErrorStandsForAMinute) {
  Cached cached(minutes(60));
  cached.issuer->fails = true;
  EXPECT_EQ(cached.Find(), "signed out");
  cached.issuer->fails = false;
  EXPECT_EQ(cached.Find(), "signed out");
  cached.clock.Sleep(minutes(1));
  EXPECT_EQ(cached.Find(), "token-2");
}

TEST(DropToken, MakesTheNextFindAskAgain) {
  Cached cached(minutes(60));
  EXPECT_EQ(cached.Find(), "token-1");
  EXPECT_TRUE(cached.tokens->Drop("token-1"));
  EXPECT_EQ(cached.Find(), "token-2");
}

TEST(DropToken, OfAnotherWorkerIsDoneAlready) {
  Cached cached(minutes(60));
  EXPECT_EQ(cached.Find(), "token-1");
  EXPECT_TRUE(cached.tokens->Drop("token-1"));
  EXPECT_EQ(cached.Find(), "token-2");
  EXPECT_TRUE(cached.tokens->Drop("token-1"));
  EXPECT_EQ(cached.Find(), "token-2");
}

TEST(DropToken, LeavesOtherTokensAlone) {
  Cached cached(minutes(60));
  EXPECT_EQ(cached.Find(), "token-1");
  EXPECT_FALSE(cached.tokens->Drop("another"));
  EXPECT_FALSE(cached.tokens->Drop(""));
  EXPECT_EQ(cached.Find(), "token-1");
}

TEST(DropToken, IsNotDoneTwiceWithinAMinute) {
  Cached cached(minutes(60));
  EXPECT_EQ(cached.Find(), "token-1");
  EXPECT_TRUE(cached.tokens->Drop("token-1"));
  EXPECT_EQ(cached.Find(), "token-2");
  EXPECT_FALSE(cached.tokens->Drop("token-2"));
  EXPECT_EQ(cached.Find(), "token-2");
  cached.clock.Sleep(minutes(1));
  EXPECT_TRUE(cached.tokens->Drop("token-2"));
  EXPECT_EQ(cached.Find(), "token-3");
}

TEST(DropToken, IsOfNoUseWhereTheSameWouldComeAgain) {
  Cached cached(minutes(60), /*renews=*/false);
  EXPECT_EQ(cached.Find(), "token-1");
  EXPECT_FALSE(cached.tokens->Drop("token-1"));
}

TEST(DropToken, ReachesTheSourceThatGaveIt) {
  Cached cached(minutes(60));
  EXPECT_EQ(cached.Find(), "token-1");
  std::vector<std::unique_ptr<TokenSource>> sources;
  sources.push_back(std::move(cached.tokens));
  FirstOf first(std::move(sources));
  EXPECT_FALSE(first.Drop("another"));
  EXPECT_TRUE(first.Drop("token-1"));
}

}  // namespace
}  // namespace conform
