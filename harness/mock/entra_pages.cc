#include "mock/entra_pages.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"
#include "mock/entra_certificates.h"
#include "token/test_key.h"

namespace conform {
namespace {

constexpr std::string_view kPage =
    "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
    "<title>conform mock: sign in on another device</title></head>\n<body>\n{}\n</body></html>\n";

bool IsUserCode(std::string_view text) {
  constexpr std::size_t kLongest = 16;
  return text.size() <= kLongest &&
         std::all_of(text.begin(), text.end(), [](char c) { return IsUpper(c) || IsDigit(c); });
}

}  // namespace

nlohmann::ordered_json RenderConfiguration(const EntraRequest& request) {
  const std::string tenant = request.tenant.id.empty() ? "{tenantid}" : request.tenant.id;
  return {
      {"token_endpoint", request.Address("/oauth2/v2.0/token")},
      {"token_endpoint_auth_methods_supported",
       {"client_secret_post", "private_key_jwt", "client_secret_basic"}},
      {"jwks_uri", request.Address("/discovery/v2.0/keys")},
      {"response_modes_supported", {"query", "fragment", "form_post"}},
      {"subject_types_supported", {"pairwise"}},
      {"id_token_signing_alg_values_supported", {"RS256"}},
      {"response_types_supported", {"code", "id_token", "code id_token", "id_token token"}},
      {"scopes_supported", {"openid", "profile", "email", "offline_access"}},
      {"issuer", fmt::format("{}/{}/v2.0", request.origin, tenant)},
      {"authorization_endpoint", request.Address("/oauth2/v2.0/authorize")},
      {"device_authorization_endpoint", request.Address("/oauth2/v2.0/devicecode")},
      {"claims_supported",
       {"sub", "iss", "aud", "exp", "iat", "nonce", "preferred_username", "name", "tid", "ver"}}};
}

nlohmann::ordered_json RenderKeySet() {
  const PublicNumbers numbers = PublicNumbersOf(TestKeyPem());
  const nlohmann::ordered_json key = {{"kty", "RSA"},         {"use", "sig"},
                                      {"kid", kTestKeyId},    {"alg", "RS256"},
                                      {"n", numbers.modulus}, {"e", numbers.exponent}};
  nlohmann::ordered_json keys;
  keys["keys"] = nlohmann::ordered_json::array({key});
  return keys;
}

nlohmann::ordered_json RenderInstance(const EntraRequest& request) {
  const std::string host = request.origin.substr(request.origin.find("//") + 2);
  nlohmann::ordered_json entry = {{"preferred_network", host}, {"preferred_cache", host}};
  entry["aliases"] = nlohmann::ordered_json::array({host});
  nlohmann::ordered_json instance = {
      {"tenant_discovery_endpoint", request.Address("/v2.0/.well-known/openid-configuration")},
      {"api-version", "1.1"}};
  instance["metadata"] = nlohmann::ordered_json::array({entry});
  return instance;
}

std::string RenderDevicePage(std::string_view user_code) {
  std::string people;
  for (const EntraPerson& person : kEntraPeople) {
    people +=
        fmt::format("<option value=\"{0}\">{1} ({0})</option>\n", person.user_name, person.name);
  }
  const std::string form = fmt::format(
      "<h1>Enter code</h1>\n<form method=\"post\" action=\"/common/oauth2/deviceauth\">\n"
      "<p><label>Code <input name=\"user_code\" value=\"{}\"></label></p>\n"
      "<p><label>Account <select name=\"as\">\n{}</select></label></p>\n"
      "<p><button name=\"do\" value=\"approve\">Approve</button>\n"
      "<button name=\"do\" value=\"decline\">Decline</button></p>\n</form>",
      IsUserCode(user_code) ? user_code : "", people);
  return fmt::format(kPage, form);
}

std::string RenderDeviceOutcome(bool decided, bool approved) {
  if (!decided) return fmt::format(kPage, "<p>No such code is waiting, or no such account.</p>");
  return fmt::format(kPage, approved ? "<p>You have signed in on your other device.</p>"
                                     : "<p>The sign-in was declined.</p>");
}

}  // namespace conform
