#include "auth/sign_in_client.h"

#include "auth/sample_sign_in.h"

namespace conform {
namespace {

const std::string kOk = HttpAnswer(200, R"({"access_token":"issued-token"})");

std::string Busy(int status, const std::string& fields = "") {
  return HttpAnswer(status, R"({"error":"temporarily_unavailable"})", fields);
}

struct WaitingRow {
  std::string name;
  std::vector<std::string> answers;
  int status;
  int waited_s;
  std::size_t sent;
};

class SignInClientWaits : public SignInTest, public testing::WithParamInterface<WaitingRow> {};

TEST_P(SignInClientWaits, AsItIsAsked) {
  Answer(GetParam().answers);
  const auto answer = Client().Send(
      {.address = ParseHttpAddress(address() + "/token").value(), .form = {{"a", "b"}}});
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->status, GetParam().status);
  EXPECT_EQ(Waited().count(), GetParam().waited_s);
  EXPECT_EQ(server_->requests().size(), GetParam().sent);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, SignInClientWaits,
    testing::Values(
        WaitingRow{"NotWhereItNeedNot", {kOk}, 200, 0, 1},
        WaitingRow{"RetryAfterInSeconds", {Busy(429, "Retry-After: 7\r\n"), kOk}, 200, 7, 2},
        WaitingRow{"RetryAfterAsDate",
                   {Busy(503, "Retry-After: Fri, 04 Oct 2024 00:00:12 GMT\r\n"), kOk},
                   200,
                   12,
                   2},
        WaitingRow{"WithoutRetryAfter", {Busy(503), Busy(500), kOk}, 200, 1 + 2, 3},
        WaitingRow{"ThreeTimesInAll", {Busy(429), Busy(429), Busy(429), kOk}, 429, 3, 3},
        WaitingRow{"NotLongerThanItMay", {Busy(429, "Retry-After: 31\r\n"), kOk}, 429, 0, 1},
        WaitingRow{"NotForARefusal",
                   {HttpAnswer(401, R"({"error":"invalid_client"})", "Retry-After: 7\r\n"), kOk},
                   401,
                   0,
                   1}),
    [](const auto& param) { return param.param.name; });

using SendSignIn = SignInTest;

TEST_F(SendSignIn, AsksNoMoreOnceItIsStopped) {
  stopped_ = [this] { return Waited().count() > 0; };
  Answer({Busy(503, "Retry-After: 7\r\n"), kOk});
  const auto answer = Client().Send({.address = ParseHttpAddress(address() + "/token").value()});
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->status, 503);
  EXPECT_EQ(server_->requests().size(), 1U);
}

TEST_F(SendSignIn, FollowsNoRedirect) {
  Answer({HttpAnswer(302, "", "Location: https://elsewhere.example/token\r\n")});
  const auto answer = Client().Send({.address = ParseHttpAddress(address() + "/token").value()});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().message,
            fmt::format("no token: {} answered 302, a redirect, which is not followed: check the "
                        "address of the token endpoint",
                        address()));
}

TEST_F(SendSignIn, NamesTheServerThatDidNotAnswer) {
  for (const auto& [answer, told] : {
           std::pair{"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{",
                     "no token: {0}: The connection was closed before the answer was whole; check "
                     "the service's log, and proxies on the way"},
           std::pair{"SSH-2.0-server\r\n\r\n", "no token: {0}: "},
       }) {
    Answer({answer});
    SignInClient client(ConnectionSettings{}, Bounds{}, std::chrono::seconds(30), Tools());
    const auto none = client.Send({.address = ParseHttpAddress(address() + "/token").value()});
    ASSERT_FALSE(none) << answer;
    EXPECT_TRUE(none.error().message.starts_with(fmt::format(fmt::runtime(told), address())))
        << none.error().message;
  }
}

TEST_F(SendSignIn, NamesAServerThatIsNotThereOnce) {
  Answer({});
  const std::string server = address();
  server_.reset();
  const auto none = Client().Send({.address = ParseHttpAddress(server + "/token").value()});
  ASSERT_FALSE(none);
  EXPECT_TRUE(none.error().message.starts_with("no token: no connection to " + server + ": "))
      << none.error().message;
}

TEST_F(SendSignIn, ExplainsWithoutSecrets) {
  Answer(
      {HttpAnswer(400,
                  R"({"error":"invalid_grant","error_description":"AADSTS70000: no, )"
                  R"(alice@conform.example","refresh_token":"marked-refresh","odd":"marked-odd",)"
                  R"("device_code":"marked-code","interval":5})",
                  "Set-Cookie: marked-cookie\r\nRetry-After: 1\r\n")});
  ASSERT_TRUE(Client().Send(
      {.address = ParseHttpAddress(address() + "/t?code=marked-q&api-version=1").value(),
       .form = {{"grant_type", "refresh_token"},
                {"refresh_token", "marked-refresh"},
                {"client_secret", "marked-secret"}},
       .fields = {{"Authorization", "Bearer marked-bearer"}}}));
  EXPECT_EQ(explained_.find("marked"), std::string::npos) << explained_;
  EXPECT_EQ(explained_.find("alice"), std::string::npos) << explained_;
  EXPECT_TRUE(explained_.starts_with(
      fmt::format("> POST {}/t?code={}&api-version=1\n>   Authorization: ", address(),
                  redactor_.Mask("marked-q", "code"))))
      << explained_;
  EXPECT_NE(explained_.find(">   grant_type = refresh_token\n"), std::string::npos) << explained_;
  EXPECT_NE(explained_.find(
                ">   client_secret = " + redactor_.Mask("marked-secret", "client_secret") + "\n"),
            std::string::npos)
      << explained_;
  EXPECT_NE(explained_.find("<   Retry-After: 1\n"), std::string::npos) << explained_;
  EXPECT_NE(explained_.find("<   error_description = AADSTS70000: no, [account]\n"),
            std::string::npos)
      << explained_;
  EXPECT_NE(explained_.find("<   interval = 5\n"), std::string::npos) << explained_;
}

struct AddressRow {
  std::string text;
  bool loopback;
  bool link_local;
};

TEST(ParseHttpAddress, SpeaksPlainHttpOnlyWhereNobodyListens) {
  for (const AddressRow& row : {AddressRow{"https://login.example.test/token", true, true},
                                AddressRow{"http://127.0.0.1:80/token", true, true},
                                AddressRow{"http://169.254.169.254/metadata", false, true},
                                AddressRow{"http://169.254.example.test/metadata", false, false},
                                AddressRow{"http://169.253.0.1/metadata", false, false},
                                AddressRow{"http://login.example.test/token", false, false},
                                AddressRow{"https://user@login.example.test/token", false, false},
                                AddressRow{"https://login.example.test/token#x", false, false}}) {
    EXPECT_EQ(ParseHttpAddress(row.text).has_value(), row.loopback) << row.text;
    EXPECT_EQ(ParseHttpAddress(row.text, PlainHttp::kLinkLocal).has_value(), row.link_local)
        << row.text;
  }
}

}  // namespace
}  // namespace conform
