#include "mock/bearer_check.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "mock/sample_contracts.h"
#include "token/jwt.h"
#include "token/test_key.h"
#include "token/test_token.h"

namespace conform {
namespace {

const BearerCheck::Time kNow{std::chrono::hours(500'000)};

std::string Token(IdentityKind kind, std::string_view permission = "Things.ReadWrite.All") {
  return IssueTestToken(Identity{kind, ""}, permission, "tenant-1", kNow);
}

// `served`, or the refusal.
std::string Checked(const Fields& fields, const Contract& contract,
                    const std::set<std::string, std::less<>>& names = {}) {
  BearerCheck check;
  const Faults faults = Faults::Plant(names).value();
  const auto caller = check.Identify(fields, kBearerScheme, kNow, faults);
  if (!caller) return std::string(NameOf(caller.error().refusal));
  const auto permitted = CheckPermission(contract, *caller, faults);
  return permitted ? "served" : std::string(NameOf(permitted.error().refusal));
}

std::string Checked(const std::string& token, const Contract& contract,
                    const std::set<std::string, std::less<>>& names = {}) {
  return Checked(Fields{{"authorization", "Bearer " + token}}, contract, names);
}

TEST(BearerCheck, IdentifiesTheCaller) {
  BearerCheck check;
  const auto caller =
      check.Identify({{"Authorization", "Bearer " + Token(IdentityKind::kDelegatedPersonal)}},
                     kBearerScheme, kNow, {});
  ASSERT_TRUE(caller.has_value());
  EXPECT_EQ(caller->account, IdentityKind::kDelegatedPersonal);
  EXPECT_EQ(caller->tenant, "tenant-1");
  EXPECT_EQ(caller->permissions, std::vector<std::string>{"Things.ReadWrite.All"});
  EXPECT_FALSE(caller->unknown);
}

struct FieldRow {
  const char* name;
  Fields fields;
  const char* outcome;
};

class BearerCheckReads : public testing::TestWithParam<FieldRow> {};

TEST_P(BearerCheckReads, TheAuthorizationField) {
  EXPECT_EQ(Checked(GetParam().fields, SampleAction()), GetParam().outcome);
}

INSTANTIATE_TEST_SUITE_P(
    Table, BearerCheckReads,
    testing::Values(FieldRow{"NoField", {}, "no_token"},
                    FieldRow{"EmptyField", {{"Authorization", ""}}, "no_token"},
                    FieldRow{"SchemeAlone", {{"Authorization", "Bearer"}}, "no_token"},
                    FieldRow{"Basic", {{"Authorization", "Basic dTpw"}}, "no_token"},
                    FieldRow{"TokenWithoutScheme",
                             {{"Authorization", Token(IdentityKind::kDelegatedWork)}},
                             "no_token"},
                    FieldRow{"SchemeOfAnotherCase",
                             {{"Authorization", "bearer  " + Token(IdentityKind::kDelegatedWork)}},
                             "served"},
                    FieldRow{"TwoTokens", {{"Authorization", "Bearer a b"}}, "bad_token"}),
    [](const testing::TestParamInfo<FieldRow>& row) { return row.param.name; });

struct TokenRow {
  const char* name;
  std::string token;
  const char* outcome;
  const char* fault;  ///< lets it be served.
};

class BearerCheckJudges : public testing::TestWithParam<TokenRow> {};

TEST_P(BearerCheckJudges, TheTokenUnlessAFaultLetsItIn) {
  const Contract contract = SampleUpdate();
  EXPECT_EQ(Checked(GetParam().token, contract), GetParam().outcome);
  if (GetParam().fault != nullptr) {
    EXPECT_EQ(Checked(GetParam().token, contract, {GetParam().fault}), "served");
  }
}

std::string SignedWith(const nlohmann::json& change) {
  nlohmann::json claims = ReadJwt(Token(IdentityKind::kDelegatedWork))->claims;
  claims.merge_patch(change);
  return SignJwt(nlohmann::json::object(), claims, TestKey()).value();
}

const std::int64_t kNowSeconds = 500'000LL * 3600;

INSTANTIATE_TEST_SUITE_P(
    Table, BearerCheckJudges,
    testing::Values(
        TokenRow{"Good", Token(IdentityKind::kDelegatedWork), "served", nullptr},
        TokenRow{"NotAToken", "not-a-token", "bad_token", "malformed_token_accepted"},
        TokenRow{"Forged", ForgeSignature(Token(IdentityKind::kDelegatedWork)), "bad_token",
                 "signature_ignored"},
        TokenRow{"SomethingBehind", Token(IdentityKind::kDelegatedWork) + "AAAA", "bad_token",
                 "signature_ignored"},
        TokenRow{"Expired", Token(IdentityKind::kExpired), "bad_token", "expiry_ignored"},
        TokenRow{"ExpiresNow", SignedWith({{"exp", kNowSeconds}}), "bad_token", "expiry_ignored"},
        TokenRow{"ExpiresInASecond", SignedWith({{"exp", kNowSeconds + 1}}), "served", nullptr},
        TokenRow{"NeverExpires", SignedWith({{"exp", nullptr}}), "bad_token", "expiry_ignored"},
        TokenRow{"NotYetValid", SignedWith({{"nbf", kNowSeconds + 1}}), "bad_token", nullptr},
        TokenRow{"ValidFromNow", SignedWith({{"nbf", kNowSeconds}}), "served", nullptr},
        TokenRow{"WrongAudience", Token(IdentityKind::kWrongAudience), "bad_token",
                 "audience_ignored"},
        TokenRow{"AudienceById", SignedWith({{"aud", "00000003-0000-0000-c000-000000000000"}}),
                 "served", nullptr},
        TokenRow{"AudienceWithSlash", SignedWith({{"aud", "https://graph.microsoft.com/"}}),
                 "served", nullptr},
        TokenRow{"WithoutPermission", Token(IdentityKind::kWithoutPermission), "no_permission",
                 "permission_ignored"},
        TokenRow{"PartOfAPermission", Token(IdentityKind::kDelegatedWork, "Things.ReadWrite"),
                 "no_permission", "permission_ignored"},
        TokenRow{"Personal", Token(IdentityKind::kDelegatedPersonal), "unsupported_account",
                 "personal_accepted"},
        TokenRow{"Application", Token(IdentityKind::kApplication), "unsupported_account",
                 "application_accepted"}),
    [](const testing::TestParamInfo<TokenRow>& row) { return row.param.name; });

TEST(BearerCheck, AnyListedPermissionSuffices) {
  const Contract contract = SampleAction();
  const std::string higher = Token(IdentityKind::kDelegatedWork, "Admin.ReadWrite.All");
  EXPECT_EQ(Checked(higher, contract), "served");
  EXPECT_EQ(Checked(higher, contract, {"second_permission_refused"}), "no_permission");
  EXPECT_EQ(Checked(Token(IdentityKind::kDelegatedWork), contract, {"second_permission_refused"}),
            "served");
}

TEST(BearerCheck, PermissionsThatAreNeededTogetherSufficeTogether) {
  Contract contract = SampleAction();
  contract.permissions[IdentityKind::kDelegatedWork].permissions = {"Things.Read Shelves.Read"};
  contract.permissions[IdentityKind::kApplication] = {true, {"Things.Read Shelves.Read"}};
  for (const IdentityKind kind : {IdentityKind::kDelegatedWork, IdentityKind::kApplication}) {
    EXPECT_EQ(Checked(Token(kind, "Shelves.Read Things.Read User.Read"), contract), "served");
    EXPECT_EQ(Checked(Token(kind, "Things.Read"), contract), "no_permission");
    EXPECT_EQ(Checked(Token(kind, "Shelves.Read"), contract), "no_permission");
  }
}

TEST(BearerCheck, ApplicationIsServedWhereTheContractSupportsIt) {
  const std::string token = Token(IdentityKind::kApplication);
  EXPECT_EQ(Checked(token, SampleAction()), "served");
  EXPECT_EQ(Checked(token, SampleAction(), {"application_refused"}), "unsupported_account");
}

TEST(BearerCheck, AuthorizationIgnoredLetsInOnlyWhoShowsNoToken) {
  EXPECT_EQ(Checked(Fields{}, SampleAction(), {"authorization_ignored"}), "served");
  EXPECT_EQ(Checked(std::string("not-a-token"), SampleAction(), {"authorization_ignored"}),
            "bad_token");
}

TEST(NeedsToken, IsSaidByHeaderOrPermissions) {
  Contract contract = SampleAction();
  EXPECT_TRUE(NeedsToken(contract));
  contract.permissions.clear();
  EXPECT_TRUE(NeedsToken(contract));
  contract.headers.clear();
  EXPECT_FALSE(NeedsToken(contract));
}

}  // namespace
}  // namespace conform
