#include "run/preflight.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "token/jwt.h"
#include "token/test_key.h"
#include "verdict/sample_bench.h"

namespace conform {
namespace {

using nlohmann::json;

constexpr std::int64_t kNow = 1'800'000'000;

/// A user's token for Microsoft Graph that fits the sample contract.
json FittingClaims() {
  return {{"aud", "https://graph.microsoft.com"},
          {"iss", "https://sts.windows.net/6f1c0000-0000-4000-8000-000000000001/"},
          {"tid", "6f1c0000-0000-4000-8000-000000000001"},
          {"idtyp", "user"},
          {"scp", "User.Read Things.Sync"},
          {"nbf", kNow - 60},
          {"exp", kNow + 3600}};
}

struct Claim {
  const char* name;
  json value;  ///< null: the claim is taken out.
};

struct TokenCase {
  const char* name;
  const char* identity;
  std::vector<Claim> claims;  ///< changed from the fitting ones.
  const char* trouble;        ///< a part of it; empty: none.
};

void PrintTo(const TokenCase& each, std::ostream* out) { *out << each.name; }

class CheckTokenOf : public testing::TestWithParam<TokenCase> {};

TEST_P(CheckTokenOf, TellsWhyNoAnswerWouldTellAnything) {
  json claims = FittingClaims();
  for (const auto& [name, value] : GetParam().claims) {
    if (value.is_null()) {
      claims.erase(name);
    } else {
      claims[name] = value;
    }
  }
  const auto token = SignJwt({{"kid", "any"}}, claims, TestKey());
  ASSERT_TRUE(token);
  const SampleBench bench(
      SampleCase("[]", GetParam().identity, kWithToken, "  observe: [status]\n"));
  Profile profile;
  profile.name = "ours";
  profile.target = Origin{"https", "graph.microsoft.com", 443};
  profile.token_rules = {{"https://graph.microsoft.com", "00000003-0000-0000-c000-000000000000"},
                         {"https://sts.windows.net/"}};
  const TokenFitness fitness =
      CheckToken(bench.test(), *token, profile,
                 std::chrono::system_clock::time_point(std::chrono::seconds(kNow)));
  if (*GetParam().trouble == '\0') {
    EXPECT_EQ(fitness.trouble, "");
  } else {
    EXPECT_NE(fitness.trouble.find(GetParam().trouble), std::string::npos) << fitness.trouble;
  }
  EXPECT_EQ(fitness.note, "");
}

INSTANTIATE_TEST_SUITE_P(
    Tokens, CheckTokenOf,
    testing::Values(
        TokenCase{"Fitting", "delegated_work", {}, ""},
        TokenCase{"ApplicationIdAsAudience",
                  "delegated_work",
                  {{"aud", "00000003-0000-0000-c000-000000000000"}},
                  ""},
        TokenCase{
            "SlashBehindAudience", "delegated_work", {{"aud", "https://graph.microsoft.com/"}}, ""},
        TokenCase{"SlashBehindApplicationId",
                  "delegated_work",
                  {{"aud", "00000003-0000-0000-c000-000000000000/"}},
                  ""},
        TokenCase{"AnotherCloudsAudience",
                  "delegated_work",
                  {{"aud", "https://graph.microsoft.us"}},
                  "the token is for https://graph.microsoft.us (aud), not for "
                  "https://graph.microsoft.com"},
        TokenCase{
            "AnotherCloudsIssuer",
            "delegated_work",
            {{"iss", "https://sts.chinacloudapi.cn/x/"}},
            "issued by https://sts.chinacloudapi.cn/x/ (iss), and profile ours takes those of"},
        TokenCase{"Expired",
                  "delegated_work",
                  {{"exp", kNow - 90}},
                  "expired at 2027-01-15T07:58:30.000Z, 90s ago"},
        TokenCase{"ExpiresThisSecond", "delegated_work", {{"exp", kNow}}, "expired at"},
        TokenCase{"NoExpiry", "delegated_work", {{"exp", nullptr}}, ""},
        TokenCase{"NotYetValid",
                  "delegated_work",
                  {{"nbf", kNow + 301}},
                  "301s ahead of this machine's clock"},
        TokenCase{"WithinClockSkew", "delegated_work", {{"nbf", kNow + 300}}, ""},
        TokenCase{"IssuedInTheFuture",
                  "delegated_work",
                  {{"nbf", nullptr}, {"iat", kNow + 600}},
                  "10m ahead of this machine's clock"},
        TokenCase{"TimeThatIsNone", "delegated_work", {{"exp", "soon"}, {"nbf", -1e300}}, ""},
        TokenCase{"ApplicationAsUser",
                  "delegated_work",
                  {{"idtyp", "app"}, {"scp", nullptr}, {"roles", json{"Things.Sync"}}},
                  "the token is an application's own, and the case asks as delegated_work"},
        TokenCase{"ScopesInAListBesideATenant",
                  "delegated_work",
                  {{"idtyp", nullptr}, {"scp", json{"User.Read", "Things.Sync"}}},
                  ""},
        TokenCase{"UserAsApplication", "application", {}, "the token is a user's"},
        TokenCase{"ApplicationWithoutIdtyp",
                  "application",
                  {{"idtyp", nullptr}, {"scp", nullptr}, {"roles", json{"Things.Sync"}}},
                  ""},
        TokenCase{"PersonalAsWork",
                  "delegated_work",
                  {{"tid", "9188040d-6c67-4c5b-b112-36a304b66dad"}},
                  "of a personal account"},
        TokenCase{"WorkAsPersonal", "delegated_personal", {}, "of a work or school account"},
        TokenCase{"PersonalThatIsNotSupportedNeedsWhatOthersDo",
                  "delegated_personal",
                  {{"tid", "9188040d-6c67-4c5b-b112-36a304b66dad"}, {"scp", "User.Read"}},
                  "holds none of Things.Sync"},
        TokenCase{"MissingScope",
                  "delegated_work",
                  {{"scp", "User.Read"}},
                  "holds none of Things.Sync that things.sync accepts (scp: User.Read)"},
        TokenCase{"MissingRole",
                  "application",
                  {{"idtyp", "app"}, {"scp", nullptr}},
                  "holds none of Things.Sync that things.sync accepts (roles: none)"},
        TokenCase{"NamedPermissionMissing",
                  "{delegated_work: [Things.Other]}",
                  {},
                  "the token lacks Things.Other (scp: User.Read, Things.Sync)"},
        TokenCase{"WithoutPermissionHoldsIt",
                  "without_permission",
                  {},
                  "holds Things.Sync (scp), which things.sync accepts"},
        TokenCase{"WithoutPermission", "without_permission", {{"scp", "User.Read"}}, ""},
        TokenCase{"ExpiredAsIntended", "expired", {{"exp", kNow - 1}}, ""},
        TokenCase{"ExpiredIsValid", "expired", {}, "an expired one was to be tried"},
        TokenCase{"ExpiredWithoutPermission",
                  "expired",
                  {{"exp", kNow - 1}, {"scp", "User.Read"}},
                  "holds none of"},
        TokenCase{"WrongAudienceAsIntended",
                  "wrong_audience",
                  {{"aud", "https://vault.example"}, {"iss", "https://other.example/"}},
                  ""},
        TokenCase{"WrongAudienceIsRight", "wrong_audience", {}, "which is this service"}),
    [](const auto& param) { return param.param.name; });

TEST(CheckToken, OfTextThatIsNoJwtSaysThatNothingIsKnown) {
  const SampleBench bench(SampleCase("[]", "delegated_work", kWithToken, "  observe: [status]\n"));
  const TokenFitness fitness = CheckToken(bench.test(), "EwBwA8l6BAAU", Profile(), {});
  EXPECT_EQ(fitness.trouble, "");
  EXPECT_EQ(fitness.note,
            "the token could not be read, so only the service knows what it is good for");
}

/// Those of other servers than Microsoft's: their own claims are not judged, the common ones are.
TEST(CheckToken, OfAnotherServersIsSentAndSaidToTellNothing) {
  const std::string untold =
      "the token does not say whose it is, so only the service knows what it is good for";
  const struct {
    json claims;
    std::string told;
  } rows[] = {
      {{{"sub", "1234567890"}, {"name", "John Doe"}, {"iat", kNow - 60}}, untold},
      {{{"aud", "account"}, {"scope", "openid notes.read"}},
       untold +
           "; the token is for account (aud): get one for this service, or if that is its name, "
           "write tokens: {audiences: [\"account\"]} into the profile"},
      {{{"scp", json{"notes.read", "openid"}}}, untold},
      {{{"roles", json{"reader"}}}, untold},
      {{{"sub", "1"}, {"exp", kNow}},
       "the token expired at 2027-01-15T08:00:00.000Z, 0s ago: get a new one"},
      {{{"tid", "t"}, {"scp", json{"Things.Sync", "openid"}}, {"idtyp", "user"}}, ""},
  };
  Profile profile;
  profile.target = Origin{"https", "notes.example", 443};
  for (const auto& row : rows) {
    const std::string token = SignJwt(json::object(), row.claims, TestKey()).value();
    for (const char* const identity : {"delegated_work", "application"}) {
      if (row.claims.contains("idtyp") && *identity == 'a') continue;
      const SampleBench bench(SampleCase("[]", identity, kWithToken, "  observe: [status]\n"));
      const TokenFitness fitness =
          CheckToken(bench.test(), token, profile,
                     std::chrono::system_clock::time_point(std::chrono::seconds(kNow)));
      EXPECT_EQ(fitness.trouble + fitness.note, row.told) << row.claims;
    }
  }
}

struct AudienceCase {
  json audience;
  const char* target;
  const char* told;  ///< of it; empty: it is the target's.
};

/// The names of a service are its own: an address among them need not be where it is reached.
TEST(CheckToken, WithoutAudiencesOfTheProfileRefusesWhatIsKnownToBeAnothersAlone) {
  const SampleBench bench(SampleCase("[]", "delegated_work", kWithToken, "  observe: [status]\n"));
  const char* const at = "https://api.example";
  for (const AudienceCase& each :
       {AudienceCase{at, at, ""}, AudienceCase{"https://api.example/", at, ""},
        AudienceCase{json{"https://other.example", at}, at, ""},
        AudienceCase{"https://graph.microsoft.us/", at,
                     "the token is for https://graph.microsoft.us/ (aud), not for "
                     "https://api.example: sign in for that service, or choose the profile of the "
                     "token's cloud"},
        AudienceCase{"00000003-0000-0000-c000-000000000000", at,
                     "the token is for 00000003-0000-0000-c000-000000000000 (aud), not for "
                     "https://api.example: sign in for that service, or choose the profile of the "
                     "token's cloud"},
        AudienceCase{"00000003-0000-0000-c000-000000000000", "https://graph.microsoft.us", ""},
        AudienceCase{"00000003-0000-0000-c000-000000000000", "https://graph.microsoft.com", ""},
        AudienceCase{"https://other.example/", at,
                     "the token is for https://other.example/ (aud): get one for this service, or "
                     "if that is its name, write tokens: {audiences: [\"https://other.example/\"]} "
                     "into the profile"},
        AudienceCase{json{"api://things", "https://graph.microsoft.com"}, at,
                     "the token is for api://things, https://graph.microsoft.com (aud): get one "
                     "for this service, or if that is its name, write tokens: {audiences: "
                     "[\"api://things\"]} into the profile"},
        AudienceCase{"https://graph.microsoft.com", "http://127.0.0.1:80",
                     "the token is for https://graph.microsoft.com (aud): get one for this "
                     "service, or if that is its name, write tokens: {audiences: "
                     "[\"https://graph.microsoft.com\"]} into the profile"}}) {
    json claims = FittingClaims();
    claims["aud"] = each.audience;
    Profile profile;
    profile.target = *ParseOrigin(each.target);
    const TokenFitness fitness =
        CheckToken(bench.test(), SignJwt(json::object(), claims, TestKey()).value(), profile,
                   std::chrono::system_clock::time_point(std::chrono::seconds(kNow)));
    EXPECT_EQ(fitness.trouble + fitness.note, each.told) << each.audience;
    const bool sent = std::string_view(each.told).find("not for") == std::string_view::npos;
    EXPECT_EQ(fitness.trouble.empty(), sent) << each.audience;
  }
}

}  // namespace
}  // namespace conform
