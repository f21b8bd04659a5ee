#include "mock/entra_assertion.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/digest.h"
#include "token/test_key.h"

namespace conform {
namespace {

using Json = nlohmann::json;
using Time = EntraAssertions::Time;

constexpr std::size_t kMostSeen = 10'000;  // an assertion may say that it holds for years

EntraRefused RefuseAssertion(Aadsts why, std::string detail = "") {
  return EntraRefused(EntraRefusal(why, std::move(detail)));
}

// Empty where it is absent or no string.
std::string TextClaim(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

// RFC 7519 §2: with a fraction or without.
std::optional<Time> TimeClaim(const Json& claims, const char* name) {
  constexpr double kFarthest = 5e9;  // seconds; not far beyond it nanoseconds overflow
  const auto found = claims.find(name);
  if (found == claims.end() || !found->is_number()) return std::nullopt;
  const double seconds = found->get<double>();
  if (!(seconds >= 0 && seconds < kFarthest)) return std::nullopt;
  return Time(std::chrono::duration_cast<Time::duration>(std::chrono::duration<double>(seconds)));
}

// RFC 7519 §4.1.3: a text, or a list of them.
bool NamesAudience(const Json& claims, const std::string& audience) {
  const auto found = claims.find("aud");
  if (found == claims.end()) return false;
  return *found == audience ||
         (found->is_array() && std::find(found->begin(), found->end(), audience) != found->end());
}

tl::expected<void, EntraRefusal> CheckAssertionTime(const Json& claims, Time now) {
  const std::optional<Time> expires = TimeClaim(claims, "exp");
  if (!expires) return RefuseAssertion(Aadsts::kMalformedAssertion, "it has no exp");
  const Time begins = TimeClaim(claims, "nbf").value_or(now);
  if (*expires + kAssertionSkew <= now || begins - kAssertionSkew > now) {
    return RefuseAssertion(Aadsts::kAssertionTime);
  }
  return {};
}

// Whether the header's thumbprint is the certificate's. Some pad what they encode.
bool NamesCertificate(const Json& header, const EntraCertificate& certificate) {
  const std::string sha256 = TextClaim(header, "x5t#S256");
  const std::string sha1 = TextClaim(header, "x5t");
  if (!sha256.empty()) return DecodeBase64Url(sha256) == certificate.sha256();
  return !sha1.empty() && DecodeBase64Url(sha1) == certificate.sha1();
}

bool IsSignedBy(std::string_view assertion, const Json& header,
                const EntraCertificate& certificate) {
  const std::string algorithm = TextClaim(header, "alg");
  if (algorithm != "RS256" && algorithm != "PS256") return false;
  const std::size_t dot = assertion.rfind('.');
  const std::optional<std::string> signature = DecodeBase64Url(assertion.substr(dot + 1));
  return signature &&
         certificate.Verify(assertion.substr(0, dot), *signature, algorithm == "PS256");
}

tl::expected<void, EntraRefusal> CheckFederated(std::string_view assertion, const Json& claims,
                                                const EntraApplication& application) {
  const std::string issuer = TextClaim(claims, "iss");
  const auto* const known = std::find_if(
      kEntraFederations.begin(), kEntraFederations.end(), [&](const EntraFederation& row) {
        return row.client == application.id && row.issuer == issuer;
      });
  if (known == kEntraFederations.end()) {
    return RefuseAssertion(Aadsts::kFederatedIssuer, issuer);
  }
  const std::string subject = TextClaim(claims, "sub");
  if (subject != known->subject) return RefuseAssertion(Aadsts::kFederatedSubject, subject);
  if (!NamesAudience(claims, std::string(kFederationAudience))) {
    return RefuseAssertion(Aadsts::kFederatedAudience, TextClaim(claims, "aud"));
  }
  if (!VerifyJwt(assertion, TestKey())) return RefuseAssertion(Aadsts::kAssertionSignature);
  return {};
}

}  // namespace

tl::expected<void, EntraRefusal> EntraAssertions::Check(std::string_view assertion,
                                                        const EntraApplication& application,
                                                        const EntraRequest& request,
                                                        const EntraCertificates& certificates) {
  const std::optional<Jwt> jwt = ReadJwt(assertion);
  if (!jwt)
    return RefuseAssertion(Aadsts::kMalformedAssertion, "it is not three parts of base64url");
  if (auto timely = CheckAssertionTime(jwt->claims, request.ids.now); !timely) return timely;
  const std::string issuer = TextClaim(jwt->claims, "iss");
  // An issuer with an address is somebody else's; all others claim to be an application.
  if (issuer.starts_with("https://")) return CheckFederated(assertion, jwt->claims, application);
  return CheckOwn(assertion, *jwt, application, request, certificates);
}

tl::expected<void, EntraRefusal> EntraAssertions::CheckOwn(std::string_view assertion,
                                                           const Jwt& jwt,
                                                           const EntraApplication& application,
                                                           const EntraRequest& request,
                                                           const EntraCertificates& certificates) {
  const Json& claims = jwt.claims;
  if (TextClaim(claims, "iss") != application.id || TextClaim(claims, "sub") != application.id) {
    return RefuseAssertion(Aadsts::kAssertionNotOfClient);
  }
  const std::string audience = request.Address("/oauth2/v2.0/token");
  if (!NamesAudience(claims, audience) && !NamesAudience(claims, request.Address("/v2.0"))) {
    return RefuseAssertion(Aadsts::kAssertionAudience, audience);
  }
  const std::vector<EntraCertificate> registered = certificates.Of(application.id);
  const bool holds =
      std::any_of(registered.begin(), registered.end(), [&](const EntraCertificate& certificate) {
        return NamesCertificate(jwt.header, certificate) &&
               IsSignedBy(assertion, jwt.header, certificate);
      });
  if (!holds) return RefuseAssertion(Aadsts::kAssertionSignature);
  const std::string id = TextClaim(claims, "jti");
  if (id.empty()) return RefuseAssertion(Aadsts::kMalformedAssertion, "it has no jti");
  const Time expires = TimeClaim(claims, "exp").value_or(request.ids.now);
  const bool is_new = IsNew(fmt::format("{} {}", application.id, id), expires, request.ids.now);
  if (once_ && !is_new) {
    return RefuseAssertion(Aadsts::kAssertionUsed);
  }
  return {};
}

bool EntraAssertions::IsNew(const std::string& id, Time expires, Time now) {
  const std::lock_guard lock(mutex_);
  std::erase_if(seen_, [now](const auto& row) { return row.second < now; });
  if (seen_.contains(id)) return false;
  if (seen_.size() >= kMostSeen) {
    seen_.erase(std::min_element(seen_.begin(), seen_.end(),
                                 [](const auto& a, const auto& b) { return a.second < b.second; }));
  }
  seen_.emplace(id, expires + kAssertionSkew);
  return true;
}

}  // namespace conform
