#include "auth/client_credentials.h"

#include "auth/client_assertion.h"
#include "auth/federated_assertion.h"
#include "auth/setting_text.h"
#include "auth/token_answer.h"
#include "base/digest.h"
#include "base/percent.h"

namespace conform {
namespace {

/// How a client proves who it is: in the form, or in a field.
struct ClientProof {
  FormFields form;
  Fields fields;
};
using Proof = Expected<std::optional<ClientProof>>;

/// RFC 7523 §2.2.
ClientProof ProofBy(const std::string& client, std::string assertion) {
  return {{{"client_id", client},
           {"client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
           {"client_assertion", std::move(assertion)}},
          {}};
}

/// RFC 6749 §2.3.1: both are encoded as in a form before they are joined.
std::string BasicCredential(const std::string& client, const std::string& secret) {
  return Base64(EncodePercent(client, kUnreservedMarks) + ":" +
                EncodePercent(secret, kUnreservedMarks));
}

struct MakeProof {
  Proof operator()(const SecretCredential& from) const {
    const SignInTools& tools = sign_in.tools();
    const auto secret = ValueOf({"", from.variable}, tools.environment);
    if (!secret) return std::nullopt;
    KeepSecret(tools, *secret, "client secret");
    if (endpoints.secret_in_form) {
      return ClientProof{{{"client_id", client}, {"client_secret", *secret}}, {}};
    }
    const std::string basic = BasicCredential(client, *secret);
    KeepSecret(tools, basic, "client secret");
    return ClientProof{{}, {{"Authorization", "Basic " + basic}}};
  }
  Proof operator()(const CertificateCredential& from) const {
    const SignInTools& tools = sign_in.tools();
    const auto certificate = LoadSigningCertificate(from, tools.environment);
    if (!certificate) return Fail("no token: " + certificate.error().message);
    auto assertion =
        SignClientAssertion(*certificate, from.scheme, client, endpoints.token, tools.clock.Now());
    if (!assertion) return Fail("no token: " + assertion.error().message);
    KeepSecret(tools, *assertion, "assertion");
    return ProofBy(client, *std::move(assertion));
  }
  Proof operator()(const FederatedCredential& from) const {
    auto assertion = FindFederatedAssertion(from, sign_in);
    if (!assertion) return tl::unexpected(assertion.error());
    if (!*assertion) return std::nullopt;
    return ProofBy(client, **std::move(assertion));
  }

  const std::string& client;
  const SignInEndpoints& endpoints;
  SignInClient& sign_in;
};

}  // namespace

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
  if (secret != nullptr && !ValueOf({"", secret->variable}, tools.environment)) return std::nullopt;
  const auto endpoints = authority_.Find();
  if (!endpoints) return tl::unexpected(endpoints.error());
  if (!*endpoints) return std::nullopt;
  auto proof = std::visit(MakeProof{*client, **endpoints, sign_in_}, source_.credential);
  if (!proof) return tl::unexpected(proof.error());
  if (!*proof) return std::nullopt;
  auto address = ParseHttpAddress((*endpoints)->token);
  if (!address) return Fail("no token: " + address.error().message);
  FormFields form = {{"grant_type", "client_credentials"}, {"scope", Scope()}};
  form.insert(form.end(), (*proof)->form.begin(), (*proof)->form.end());
  const auto answer = sign_in_.Send({.address = *std::move(address),
                                     .form = std::move(form),
                                     .fields = std::move((*proof)->fields)});
  if (!answer) return tl::unexpected(answer.error());
  auto read = ReadTokenAnswer(*answer, tools);
  if (!read) return tl::unexpected(read.error());
  return *std::move(read);
}

}  // namespace conform
