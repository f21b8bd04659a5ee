#include "auth/device_sign_in.h"

#include "auth/sample_sign_in.h"

namespace conform {
namespace {

const std::string kCode = HttpAnswer(
    200, R"({"device_code":"marked-device-code","user_code":"ABCD-EFGH",)"
         R"("verification_uri":"https://login.example.test/device","interval":5,"expires_in":60})");
const std::string kGranted = HttpAnswer(
    200, R"({"access_token":"marked-access","refresh_token":"marked-refresh","expires_in":3600})");
const std::string kWithoutRefresh = HttpAnswer(200, R"({"access_token":"marked-access"})");

std::string Refused(const std::string& error, const std::string& more = "") {
  return HttpAnswer(400, fmt::format(R"({{"error":"{}"{}}})", error, more));
}

struct DeviceRow {
  std::string name;
  std::vector<std::string> answers;  // behind the code's
  std::string told;                  // the refresh token, or the error; ADDRESS: the server's
  int waited_s;
};

class DeviceSignInTest : public SignInTest {
 protected:
  AccountSource Source() const {
    return {{address(), {"contoso", ""}, ""}, {"the-client", ""}, {}};
  }
  std::string Shown(std::string text) const {
    if (const std::size_t at = text.find(address()); at != std::string::npos) {
      text.replace(at, address().size(), "ADDRESS");
    }
    return text;
  }
  std::string SignIn() {
    Account account(IdentityKind::kDelegatedWork, Source(), "https://graph.example.test", Client());
    DeviceSignIn device(account);
    const auto code = device.Begin();
    if (!code) return Shown(code.error().message);
    EXPECT_EQ(code->user_code, "ABCD-EFGH");
    EXPECT_EQ(code->address, "https://login.example.test/device");
    const auto grant = device.Await(*code, [&](std::chrono::seconds left) {
      lefts_.push_back(static_cast<int>(left.count()));
    });
    return grant ? grant->refresh_token : Shown(grant.error().message);
  }

  std::vector<int> lefts_;
};

class AwaitDevice : public DeviceSignInTest, public testing::WithParamInterface<DeviceRow> {};

TEST_P(AwaitDevice, AsTheServerAnswers) {
  std::vector<std::string> answers = {kCode};
  answers.insert(answers.end(), GetParam().answers.begin(), GetParam().answers.end());
  Answer(answers);
  EXPECT_EQ(SignIn(), GetParam().told);
  EXPECT_EQ(Waited().count(), GetParam().waited_s);
  EXPECT_EQ(explained_.find("marked"), std::string::npos) << explained_;
}

INSTANTIATE_TEST_SUITE_P(
    Rows, AwaitDevice,
    testing::Values(
        DeviceRow{"Granted", {kGranted}, "marked-refresh", 5},
        DeviceRow{"Pending",
                  {Refused("authorization_pending"), Refused("authorization_pending"), kGranted},
                  "marked-refresh",
                  15},
        DeviceRow{"SlowDownAddsFiveSeconds",
                  {Refused("slow_down"), Refused("authorization_pending"), kGranted},
                  "marked-refresh",
                  5 + 10 + 10},
        DeviceRow{"SlowDownTwice",
                  {Refused("slow_down"), Refused("slow_down"), kGranted},
                  "marked-refresh",
                  5 + 10 + 15},
        DeviceRow{"SlowDownAsTooManyRequests",
                  {HttpAnswer(429, R"({"error":"slow_down"})"),
                   HttpAnswer(429, R"({"error":"slow_down"})"),
                   HttpAnswer(429, R"({"error":"slow_down"})"), kGranted},
                  "marked-refresh",
                  5 + (1 + 2) + 10},
        DeviceRow{"NoAnswerDoublesTheInterval", {"", kGranted}, "marked-refresh", 5 + 10},
        DeviceRow{"OutOfOrderIsNoAnswer",
                  {HttpAnswer(503, ""), HttpAnswer(503, ""), HttpAnswer(503, ""), kGranted},
                  "marked-refresh",
                  5 + (1 + 2) + 10},
        DeviceRow{"Declined",
                  {Refused("authorization_declined")},
                  "the sign-in was declined (no token: ADDRESS answered 400 "
                  "authorization_declined)",
                  5},
        DeviceRow{"Denied",
                  {Refused("access_denied")},
                  "the sign-in was declined (no token: ADDRESS answered 400 access_denied)",
                  5},
        DeviceRow{"Expired",
                  {Refused("expired_token")},
                  "the code expired before anybody had entered it: sign in again (no token: "
                  "ADDRESS answered 400 expired_token)",
                  5},
        DeviceRow{"ExpiredByOurClock",
                  std::vector<std::string>(12, Refused("authorization_pending")),
                  "no token: the code expired before anybody had entered it: sign in again", 60},
        DeviceRow{"OtherRefusal",
                  {Refused("invalid_client", R"(,"error_description":"AADSTS7000218: no secret")")},
                  "no token: ADDRESS answered 400 invalid_client: AADSTS7000218: no secret; the "
                  "application is no public client: switch on 'Allow public client flows' in its "
                  "registration",
                  5},
        DeviceRow{"AccountOfAnotherTenant",
                  {Refused("invalid_grant", R"(,"error_description":"AADSTS50020: not there")")},
                  "no token: ADDRESS answered 400 invalid_grant: AADSTS50020: not there; the "
                  "account is of another tenant, or a personal one: sign in with an account of the "
                  "tenant that the profile names, or let that tenant invite it as a guest",
                  5},
        DeviceRow{"NoRefreshToken",
                  {kWithoutRefresh},
                  "no sign-in to keep: ADDRESS issued no refresh token: let the application have "
                  "offline_access",
                  5}),
    [](const auto& param) { return param.param.name; });

std::string CodeWith(const std::string& user_code, int interval, int expires_in) {
  return HttpAnswer(
      200,
      fmt::format(R"({{"device_code":"marked-device-code","user_code":"{}","verification_uri":)"
                  R"("https://login.example.test/device","interval":{},"expires_in":{}}})",
                  user_code, interval, expires_in));
}

TEST_F(DeviceSignInTest, WaitsNoLongerThanTheCodeLives) {
  Answer({CodeWith("ABCD-EFGH", 20, 3)});
  EXPECT_EQ(SignIn(), "no token: the code expired before anybody had entered it: sign in again");
  EXPECT_EQ(Waited().count(), 3);
}

TEST_F(DeviceSignInTest, ShowsNoCodeThatCommandsATerminal) {
  Answer({CodeWith(R"(ABCD\u001b[31m)", 5, 60)});
  EXPECT_EQ(SignIn(), "no code to sign in with: that of ADDRESS holds control characters");
}

TEST_F(DeviceSignInTest, AsksAsRfc8628Says) {
  Answer({kCode, kGranted});
  EXPECT_EQ(SignIn(), "marked-refresh");
  EXPECT_EQ(Forms(),
            (std::vector<std::string>{
                "client_id=the-client&scope=https://graph.example.test/.default offline_access",
                "grant_type=urn:ietf:params:oauth:grant-type:device_code&client_id=the-client&"
                "device_code=marked-device-code"}));
  EXPECT_EQ(server_->requests()[0].request.target, "/contoso/oauth2/v2.0/devicecode");
  EXPECT_EQ(server_->requests()[1].request.target, "/contoso/oauth2/v2.0/token");
  EXPECT_EQ(lefts_, (std::vector<int>{60, 59, 58, 57, 56}));
}

TEST_F(DeviceSignInTest, TellsWhyThereIsNoCode) {
  Answer({Refused("unauthorized_client")});
  EXPECT_EQ(SignIn(),
            "no code to sign in with: ADDRESS answered 400 unauthorized_client; the application "
            "may not sign in this way: allow it in its registration");
}

TEST_F(DeviceSignInTest, WantsAnAddressThatIsNoPlainHttp) {
  Answer({HttpAnswer(200, R"({"device_code":"d-code","user_code":"u",)"
                          R"("verification_uri":"http://login.example.test/device"})")});
  EXPECT_EQ(SignIn(),
            "no code to sign in with: ADDRESS answered 200 without device_code, user_code or an "
            "https verification_uri");
}

}  // namespace
}  // namespace conform
