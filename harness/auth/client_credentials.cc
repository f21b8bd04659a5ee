#include "auth/client_credentials.h"

#include "auth/client_assertion.h"
#include "auth/federated_assertion.h"
#include "auth/setting_text.h"
#include "auth/token_answer.h"

namespace conform {
namespace {

using CredentialFields = Expected<std::optional<FormFields>>;

/// RFC 7523 §2.2.
FormFields AssertionFields(std::string assertion) {
  return {{"client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
          {"client_assertion", std::move(assertion)}};
}

struct MakeCredential {
  CredentialFields operator()(const SecretCredential& from) const {
    const SignInTools& tools = sign_in.tools();
    const auto secret = tools.environment(from.variable);
    if (!secret || secret->empty()) return std::nullopt;
    KeepSecret(tools, *secret, "client secret");
    return FormFields{{"client_secret", *secret}};
  }
  CredentialFields operator()(const CertificateCredential& from) const {
    const SignInTools& tools = sign_in.tools();
    const auto certificate = LoadSigningCertificate(from, tools.environment);
    if (!certificate) return Fail("no token: " + certificate.error().message);
    auto assertion =
        SignClientAssertion(*certificate, from.scheme, client, endpoint, tools.clock.Now());
    if (!assertion) return Fail("no token: " + assertion.error().message);
    KeepSecret(tools, *assertion, "assertion");
    return AssertionFields(*std::move(assertion));
  }
  CredentialFields operator()(const FederatedCredential& from) const {
    auto assertion = FindFederatedAssertion(from, sign_in);
    if (!assertion) return tl::unexpected(assertion.error());
    if (!*assertion) return std::nullopt;
    return AssertionFields(**std::move(assertion));
  }

  const std::string& client;
  const std::string& endpoint;
  SignInClient& sign_in;
};

}  // namespace

CredentialFields ClientCredentials::Credential(const std::string& client,
                                               const std::string& endpoint) const {
  return std::visit(MakeCredential{client, endpoint, sign_in_}, source_.credential);
}

std::string ClientCredentials::Scope() const {
  // What another server grants without being asked is its own affair.
  if (!source_.scope.empty() || !authority_.is_entra()) return source_.scope;
  return audience_ + "/.default";
}

Expected<std::optional<IssuedToken>> ClientCredentials::Issue() {
  const SignInTools& tools = sign_in_.tools();
  const auto client = ValueOf(source_.client, tools.environment);
  if (!client) return std::nullopt;
  // Nobody is asked where a secret is not set.
  const auto* secret = std::get_if<SecretCredential>(&source_.credential);
  if (secret != nullptr && tools.environment(secret->variable).value_or("").empty()) {
    return std::nullopt;
  }
  const auto endpoints = authority_.Find();
  if (!endpoints) return tl::unexpected(endpoints.error());
  if (!*endpoints) return std::nullopt;
  auto credential = Credential(*client, (*endpoints)->token);
  if (!credential) return tl::unexpected(credential.error());
  if (!*credential) return std::nullopt;
  auto address = ParseHttpAddress((*endpoints)->token);
  if (!address) return Fail("no token: " + address.error().message);
  FormFields form = {
      {"grant_type", "client_credentials"}, {"client_id", *client}, {"scope", Scope()}};
  form.insert(form.end(), (*credential)->begin(), (*credential)->end());
  const auto answer = sign_in_.Send({.address = *std::move(address), .form = std::move(form)});
  if (!answer) return tl::unexpected(answer.error());
  auto read = ReadTokenAnswer(*answer, tools);
  if (!read) return tl::unexpected(read.error());
  return *std::move(read);
}

}  // namespace conform
