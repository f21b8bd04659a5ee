// Sign-ins at an issuer that tells its endpoints itself.
#include "auth/authority.h"

#include <unistd.h>

#include <array>
#include <functional>

#include "auth/client_credentials.h"
#include "auth/sample_sign_in.h"
#include "testing/loopback_listener.h"

namespace conform {
namespace {

class SignInAtIssuer : public SignInTest {
 protected:
  /// The token, or the error.
  std::string IssueAt(const std::string& issuer) {
    variables_["SECRET"] = "marked-secret";
    const auto issued =
        ClientCredentials(
            {{"", {}, issuer}, {"the-client", ""}, SecretCredential{"SECRET"}, "things"},
            "https://graph.example.test", Client())
            .Issue();
    if (!issued) return issued.error().message;
    return *issued ? (*issued)->token : "nothing";
  }
};

/// Answers each request by its path; knows its own address.
class Issuer {
 public:
  explicit Issuer(
      std::function<std::string(const Request& request, const std::string& self)> answer)
      : answer_(std::move(answer)), listener_([this](int socket) { Serve(socket); }) {}
  std::string address() const { return fmt::format("http://127.0.0.1:{}", listener_.port()); }

 private:
  void Serve(int socket) const {
    RequestReader reader{Bounds{}};
    std::array<char, 4096> buffer{};
    while (reader.state() != RequestReader::State::kComplete) {
      const ssize_t count = ::read(socket, buffer.data(), buffer.size());
      if (count <= 0) return;
      std::string_view bytes(buffer.data(), static_cast<std::size_t>(count));
      reader.Feed(bytes);
    }
    const std::string answer = answer_(reader.received().request, address());
    if (::write(socket, answer.data(), answer.size()) < 0) return;
  }

  std::function<std::string(const Request&, const std::string&)> answer_;
  LoopbackListener listener_;
};

std::string Document(const std::string& issuer, const std::string& token) {
  return HttpAnswer(200, fmt::format(R"({{"issuer":"{}","token_endpoint":"{}"}})", issuer, token),
                    "Connection: close\r\n");
}

TEST_F(SignInAtIssuer, AtAnIssuerThatTellsItsEndpoints) {
  for (const char* const document :
       {"/a/.well-known/openid-configuration", "/.well-known/oauth-authorization-server/a"}) {
    client_ = nullptr;
    const Issuer issuer([&](const Request& request, const std::string& self) {
      const std::string& target = request.target;
      if (target == document) return Document(self + "/a", self + "/token");
      if (target == "/token") {
        return HttpAnswer(200, R"({"access_token":"marked-access"})", "Connection: close\r\n");
      }
      return HttpAnswer(404, "", "Connection: close\r\n");
    });
    EXPECT_EQ(IssueAt(issuer.address() + "/a"), "marked-access") << document;
  }
}

struct MethodsRow {
  const char* methods;  // members of the issuer's document
  const char* told;     // the form and Authorization
};

TEST_F(SignInAtIssuer, SendsItsSecretAsTheIssuerTakesIt) {
  const char* const basic =
      "grant_type=client_credentials&scope=things; Basic dGhlLWNsaWVudDptYXJrZWQtc2VjcmV0";
  const MethodsRow rows[] = {
      {"", basic},
      {R"(,"token_endpoint_auth_methods_supported":["client_secret_basic"])", basic},
      {R"(,"token_endpoint_auth_methods_supported":["client_secret_basic","client_secret_post"])",
       "grant_type=client_credentials&scope=things&client_id=the-client&"
       "client_secret=marked-secret; "},
  };
  for (const MethodsRow& row : rows) {
    client_ = nullptr;
    std::string told;
    const Issuer issuer([&](const Request& request, const std::string& self) {
      if (request.method == "GET") {
        return HttpAnswer(
            200,
            fmt::format(R"({{"issuer":"{0}","token_endpoint":"{0}/token"{1}}})", self, row.methods),
            "Connection: close\r\n");
      }
      const Field* field = FindField(request.fields, "Authorization");
      told = request.body + "; " + (field == nullptr ? "" : field->value);
      return HttpAnswer(200, R"({"access_token":"marked-access"})", "Connection: close\r\n");
    });
    EXPECT_EQ(IssueAt(issuer.address()), "marked-access");
    EXPECT_EQ(told, row.told);
  }
  EXPECT_EQ(explained_.find("dGhl"), std::string::npos) << explained_;
}

TEST_F(SignInAtIssuer, NotAtOneThatNamesAnotherOrPlainHttp) {
  const Issuer issuer([](const Request& request, const std::string& self) {
    const bool plain = request.target.starts_with("/plain");
    return Document(self + (plain ? "/plain" : "/other"),
                    plain ? "http://login.example.test/token" : self + "/token");
  });
  EXPECT_EQ(IssueAt(issuer.address()),
            fmt::format("no token: of what {} tells of itself: it names another issuer: write the "
                        "issuer in the profile exactly as the server does",
                        issuer.address()));
  EXPECT_EQ(IssueAt(issuer.address() + "/plain"),
            fmt::format("no token: of what {} tells of itself: its token_endpoint is no https "
                        "address",
                        issuer.address()));
}

}  // namespace
}  // namespace conform
