#include "mock/entra_sign_in.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "mock/entra_tokens.h"

namespace conform {
namespace {

constexpr std::string_view kDeviceGrant = "device_code";
constexpr std::string_view kDeviceGrantName = "urn:ietf:params:oauth:grant-type:device_code";

}  // namespace

EntraSignIn::Outcome EntraSignIn::BeginDevice(const EntraRequest& request) {
  switches_.Count("devicecode");
  const auto application = EntraClientCheck::Name(request);
  if (!application) return EntraRefused(application.error());
  auto scopes = ReadEntraScopes(request.form.Get("scope"), permissions_);
  if (!scopes) return EntraRefused(scopes.error());
  EntraGrant grant;
  grant.client = (*application)->id;
  grant.asked = request.tenant;
  grant.scopes = *std::move(scopes);
  const EntraTimes times = switches_.times();
  const DeviceCodes codes = grants_.BeginDevice(std::move(grant), Now(request) + times.device_code);
  const std::string page = request.origin + "/common/oauth2/deviceauth";
  return nlohmann::ordered_json{
      {"user_code", codes.user_code},
      {"device_code", codes.device_code},
      {"verification_uri", page},
      {"expires_in", times.device_code.count()},
      {"interval", times.interval.count()},
      {"message", fmt::format("To sign in, use a web browser to open the page {} and enter the "
                              "code {} to authenticate.",
                              page, codes.user_code)}};
}

EntraSignIn::Outcome EntraSignIn::IssueTokens(const EntraRequest& request) {
  using Grant = Outcome (EntraSignIn::*)(const EntraRequest&);
  struct Row {
    std::string_view type;
    std::string_view counted_as;
    Grant grant;
  };
  static constexpr std::array<Row, 4> kRows = {{
      {kDeviceGrant, kDeviceGrant, &EntraSignIn::RedeemDevice},
      {kDeviceGrantName, kDeviceGrant, &EntraSignIn::RedeemDevice},
      {"refresh_token", "refresh_token", &EntraSignIn::Renew},
      {"client_credentials", "client_credentials", &EntraSignIn::IssueToApplication},
  }};
  const std::string type = request.form.Get("grant_type");
  if (type.empty()) return EntraRefused(EntraRefusal(Aadsts::kMissingField, "grant_type"));
  const auto* const row = std::find_if(kRows.begin(), kRows.end(),
                                       [&](const Row& known) { return known.type == type; });
  if (row == kRows.end()) return EntraRefused(EntraRefusal(Aadsts::kUnsupportedGrant, type));
  switches_.Count(row->counted_as);
  return (this->*row->grant)(request);
}

EntraSignIn::Outcome EntraSignIn::RedeemDevice(const EntraRequest& request) {
  const auto application = clients_.Identify(request, /*confidential=*/false);
  if (!application) return EntraRefused(application.error());
  std::string code = request.form.Get("device_code");
  // As clients wrote it before RFC 8628.
  if (code.empty()) code = request.form.Get("code");
  if (code.empty()) return EntraRefused(EntraRefusal(Aadsts::kMissingField, "device_code"));
  auto grant = grants_.RedeemDevice(code, (*application)->id, Now(request));
  if (!grant) return EntraRefused(grant.error());
  return IssueToPerson(*std::move(grant), "", request);
}

EntraSignIn::Outcome EntraSignIn::Renew(const EntraRequest& request) {
  const auto application = clients_.Identify(request, /*confidential=*/false);
  if (!application) return EntraRefused(application.error());
  const std::string token = request.form.Get("refresh_token");
  if (token.empty()) return EntraRefused(EntraRefusal(Aadsts::kMissingField, "refresh_token"));
  auto redeemed = grants_.RedeemRefresh(token, (*application)->id, Now(request));
  if (!redeemed) return EntraRefused(redeemed.error());
  Outcome outcome = RenewFor(*std::move(redeemed), request);
  if (!outcome) grants_.Restore(token);
  return outcome;
}

EntraSignIn::Outcome EntraSignIn::RenewFor(EntraGrants::Redeemed redeemed,
                                           const EntraRequest& request) {
  EntraGrant& grant = redeemed.grant;
  if (const std::string wanted = request.form.Get("scope"); !wanted.empty()) {
    auto scopes = ReadEntraScopes(wanted, permissions_);
    if (!scopes) return EntraRefused(scopes.error());
    grant.scopes = *std::move(scopes);
  }
  grant.scopes.offline = true;
  if (grant.person->needs_second_factor) {
    return EntraRefused(EntraRefusal(Aadsts::kSecondFactor, grant.scopes.resource));
  }
  return IssueToPerson(std::move(grant), std::move(redeemed.family), request);
}

EntraSignIn::Outcome EntraSignIn::IssueToPerson(EntraGrant grant, std::string family,
                                                const EntraRequest& request) {
  if (grant.person->disabled) return EntraRefused(Aadsts::kAccountDisabled);
  auto tenant = TenantFor(*grant.person, grant.asked);
  if (!tenant) return EntraRefused(tenant.error());
  grant.tenant = *std::move(tenant);
  const EntraApplication* const application = FindEntraApplication(grant.client);
  if (!application->consented) return EntraRefused(EntraRefusal(Aadsts::kNoConsent, grant.client));
  nlohmann::ordered_json answer = RenderEntraTokens(grant, request, switches_.times().token);
  if (grant.scopes.offline) {
    answer["refresh_token"] =
        grants_.IssueRefresh(std::move(grant), std::move(family), Now(request));
  }
  return answer;
}

EntraSignIn::Outcome EntraSignIn::IssueToApplication(const EntraRequest& request) {
  const auto application = clients_.Identify(request, /*confidential=*/true);
  if (!application) return EntraRefused(application.error());
  if (request.tenant.id.empty()) return EntraRefused(Aadsts::kNoTenantNamed);
  const std::string wanted = request.form.Get("scope");
  if (wanted.empty()) return EntraRefused(EntraRefusal(Aadsts::kMissingField, "scope"));
  auto scopes = ReadEntraScopes(wanted, permissions_);
  if (!scopes) return EntraRefused(scopes.error());
  if (!scopes->is_default) return EntraRefused(EntraRefusal(Aadsts::kNotDefaultScope, wanted));
  if (!(*application)->consented) scopes->permissions.clear();
  EntraGrant grant;
  grant.client = (*application)->id;
  grant.tenant = request.tenant.id;
  grant.scopes = *std::move(scopes);
  return RenderApplicationToken(grant, request, switches_.times().token);
}

}  // namespace conform
