#include "auth/account_tokens.h"

#include "auth/sample_sign_in.h"

namespace conform {
namespace {

std::string Renewed(const std::string& access, const std::string& refresh) {
  return HttpAnswer(
      200, fmt::format(R"({{"access_token":"{}","refresh_token":"{}","expires_in":3600}})", access,
                       refresh));
}

class RenewAccount : public SignInTest {
 protected:
  /// The access token, `nothing`, or the error.
  std::string Issue(const SettingText& client = {"the-client", ""}) {
    AccountTokens tokens(IdentityKind::kDelegatedWork, Source(client), "https://graph.example.test",
                         "conform login --profile lab", Client());
    const auto issued = tokens.Issue();
    if (!issued) return issued.error().message;
    return *issued ? (*issued)->token : "nothing";
  }
  AccountSource Source(const SettingText& client) const {
    return {{address(), {"contoso", ""}, ""}, client, {"Things.Read", "openid"}};
  }
  LoginStore Store() { return LoginStore::Open(Tools().environment).value(); }
  LoginKey Key() const {
    return {address() + "/contoso", "the-client", IdentityKind::kDelegatedWork};
  }
  std::string Kept() { return Store().Find(Key()).value().value_or("nothing"); }
};

TEST_F(RenewAccount, KeepsTheNewRefreshTokenAndGoesOnFromIt) {
  Answer({Renewed("marked-a1", "marked-r2"), Renewed("marked-a2", "marked-r3")});
  ASSERT_TRUE(Store().Keep(Key(), "marked-r1"));
  EXPECT_EQ(Issue(), "marked-a1");
  EXPECT_EQ(Kept(), "marked-r2");
  EXPECT_EQ(Issue(), "marked-a2");
  EXPECT_EQ(Kept(), "marked-r3");
  const std::string form =
      "grant_type=refresh_token&client_id=the-client&refresh_token={}&scope=Things.Read openid "
      "offline_access";
  EXPECT_EQ(Forms(), (std::vector<std::string>{fmt::format(fmt::runtime(form), "marked-r1"),
                                               fmt::format(fmt::runtime(form), "marked-r2")}));
  EXPECT_EQ(explained_.find("marked"), std::string::npos) << explained_;
}

TEST_F(RenewAccount, AsksNobodyWhereNobodySignedIn) {
  Answer({Renewed("a", "r")});
  EXPECT_EQ(Issue(), "nothing");
  EXPECT_EQ(Issue({"", "UNSET"}), "nothing");
  EXPECT_EQ(server_->connections(), 0U);
}

TEST_F(RenewAccount, KeepsTheOldOneWhereNoNewOneComes) {
  Answer({HttpAnswer(200, R"({"access_token":"marked-a1"})")});
  ASSERT_TRUE(Store().Keep(Key(), "marked-r1"));
  EXPECT_EQ(Issue(), "marked-a1");
  EXPECT_EQ(Kept(), "marked-r1");
}

TEST_F(RenewAccount, TellsToSignInAnewWhereItIsRefused) {
  Answer({HttpAnswer(400, R"({"error":"invalid_grant","error_description":)"
                          R"("AADSTS700082: The refresh token has expired due to inactivity."})")});
  ASSERT_TRUE(Store().Keep(Key(), "marked-r1"));
  EXPECT_EQ(Issue(),
            fmt::format("no token: {} answered 400 invalid_grant: AADSTS700082: The refresh token "
                        "has expired due to inactivity; the sign-in was not used for too long; "
                        "sign in anew: conform login --profile lab",
                        address()));
  EXPECT_EQ(Kept(), "marked-r1");
}

TEST_F(RenewAccount, SendsNobodyToSignInForWhatThatDoesNotMend) {
  Answer({HttpAnswer(401, R"({"error":"invalid_client"})")});
  ASSERT_TRUE(Store().Keep(Key(), "marked-r1"));
  EXPECT_EQ(Issue(),
            fmt::format("no token: {} answered 401 invalid_client; check the client id, and the "
                        "secret or certificate that it signs in with",
                        address()));
}

}  // namespace
}  // namespace conform
