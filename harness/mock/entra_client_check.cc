#include "mock/entra_client_check.h"

#include <algorithm>
#include <utility>

#include "base/digest.h"
#include "base/http_text.h"
#include "base/percent.h"

namespace conform {
namespace {

constexpr std::string_view kAssertionType =
    "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

constexpr std::string_view kBasic = "Basic ";

struct ShownCredential {
  std::string client;
  std::string secret;
  std::string assertion;
  std::string assertion_type;
  bool twice = false;  ///< more than one kind (RFC 6749 §2.3 forbids it).
};

// Base64 is base64url but for two characters.
std::string DecodeBasic(std::string_view text) {
  std::string url(TrimWhiteSpace(text));
  std::replace(url.begin(), url.end(), '+', '-');
  std::replace(url.begin(), url.end(), '/', '_');
  return DecodeBase64Url(url).value_or("");
}

// Both halves of Basic are form-encoded first (RFC 6749 §2.3.1).
std::string DecodeFormText(std::string_view text) {
  std::string spaced(text);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  return DecodePercent(spaced);
}

ShownCredential ReadCredential(const EntraRequest& request) {
  ShownCredential shown{request.form.Get("client_id"), request.form.Get("client_secret"),
                        request.form.Get("client_assertion"),
                        request.form.Get("client_assertion_type")};
  shown.twice = !shown.secret.empty() && !shown.assertion.empty();
  if (!ShowsBasic(request)) return shown;
  const std::string pair =
      DecodeBasic(std::string_view(request.authorization).substr(kBasic.size()));
  const std::size_t colon = std::min(pair.find(':'), pair.size());
  shown.twice = shown.twice || !shown.secret.empty() || !shown.assertion.empty();
  shown.client = DecodeFormText(pair.substr(0, colon));
  shown.secret = DecodeFormText(pair.substr(std::min(colon + 1, pair.size())));
  return shown;
}

tl::expected<const EntraApplication*, EntraRefusal> NamedBy(const ShownCredential& shown) {
  if (shown.client.empty()) return EntraRefused(EntraRefusal(Aadsts::kMissingField, "client_id"));
  const EntraApplication* const application = FindEntraApplication(shown.client);
  if (application == nullptr) {
    return EntraRefused(EntraRefusal(Aadsts::kUnknownApplication, shown.client));
  }
  return application;
}

}  // namespace

bool ShowsBasic(const EntraRequest& request) {
  return SameFieldName(std::string_view(request.authorization).substr(0, kBasic.size()), kBasic);
}

tl::expected<const EntraApplication*, EntraRefusal> EntraClientCheck::Name(
    const EntraRequest& request) {
  return NamedBy(ReadCredential(request));
}

tl::expected<const EntraApplication*, EntraRefusal> EntraClientCheck::Identify(
    const EntraRequest& request, bool confidential) {
  const ShownCredential shown = ReadCredential(request);
  auto application = NamedBy(shown);
  if (!application) return application;
  const EntraApplication& known = **application;
  const std::string id(known.id);
  if (shown.twice) return EntraRefused(Aadsts::kMalformedRequest);
  const bool shows = !shown.secret.empty() || !shown.assertion.empty();
  if (known.secret.empty()) {
    if (shows) return EntraRefused(Aadsts::kPublicClient);
    if (confidential) return EntraRefused(Aadsts::kNoCredential);
    return application;
  }
  if (!shows) return EntraRefused(Aadsts::kNoCredential);
  if (shown.assertion.empty()) {
    if (shown.secret == known.secret) return application;
    const bool expired = shown.secret == known.expired_secret;
    return EntraRefused(EntraRefusal(expired ? Aadsts::kSecretExpired : Aadsts::kBadSecret, id));
  }
  if (shown.assertion_type != kAssertionType) {
    return EntraRefused(EntraRefusal(Aadsts::kMissingField, "client_assertion_type"));
  }
  const auto holds = assertions_.Check(shown.assertion, known, request, certificates_);
  if (!holds) return EntraRefused(holds.error());
  return application;
}

}  // namespace conform
