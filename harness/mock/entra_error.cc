#include "mock/entra_error.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/date.h"

namespace conform {
namespace {

struct EntraErrorRow {
  Aadsts code;
  int status;
  std::string_view error;
  std::string_view says;  // a `{}` is the detail's place
  std::string_view suberror = {};
};

constexpr std::array<EntraErrorRow, 38> kEntraErrors = {{
    {Aadsts::kMultipleResources, 400, "invalid_request",
     "The scopes asked for are of more than one resource."},
    {Aadsts::kAssertionUsed, 401, "invalid_client", "The client assertion was used before."},
    {Aadsts::kWrongAccountType, 400, "invalid_grant",
     "The account {} does not exist in the tenant asked and cannot be used there."},
    {Aadsts::kMalformedAssertion, 401, "invalid_client", "The JSON Web Token is invalid: {}."},
    {Aadsts::kAccountDisabled, 400, "invalid_grant", "The user account is disabled."},
    {Aadsts::kNoTenantNamed, 400, "invalid_request",
     "No tenant-identifying information found: name the tenant in the address."},
    {Aadsts::kSecondFactor, 400, "interaction_required",
     "Due to a change of configuration you must use multi-factor authentication to access '{}'.",
     "basic_action"},
    {Aadsts::kAlreadyRedeemed, 400, "invalid_grant",
     "The code was already redeemed; sign in again for a new one."},
    {Aadsts::kDeclined, 400, "authorization_declined", "The user declined the sign-in."},
    {Aadsts::kNoConsent, 400, "invalid_grant",
     "The user or administrator has not consented to use the application with ID '{}'.",
     "consent_required"},
    {Aadsts::kGrantInvalid, 400, "invalid_grant",
     "The provided grant is invalid, malformed, or was revoked."},
    {Aadsts::kUnsupportedGrant, 400, "unsupported_grant_type",
     "The app requested the unsupported grant type '{}'."},
    {Aadsts::kInvalidScope, 400, "invalid_scope",
     "The provided value for the input parameter 'scope' is not valid: '{}'."},
    {Aadsts::kPending, 400, "authorization_pending",
     "OAuth 2.0 device flow error. Authorization is pending. Continue polling."},
    {Aadsts::kUnknownDeviceCode, 400, "bad_verification_code",
     "The device code was not recognized."},
    {Aadsts::kDeviceCodeExpired, 400, "expired_token",
     "The provided value for the input parameter 'device_code' is not valid. This device code has "
     "expired."},
    {Aadsts::kTransient, 503, "temporarily_unavailable",
     "A transient error has occurred. Please try again."},
    {Aadsts::kThrottled, 429, "temporarily_unavailable", "Too many requests in this tenant."},
    {Aadsts::kUnknownTenant, 400, "invalid_request",
     "Tenant '{}' not found. Check that the tenant is spelled correctly and in this cloud."},
    {Aadsts::kResourceUnknown, 400, "invalid_resource",
     "The resource principal named {} was not found in the tenant."},
    {Aadsts::kUnknownPermission, 400, "invalid_client",
     "The application asked for scope '{}' that does not exist on the resource."},
    {Aadsts::kUnknownApplication, 400, "unauthorized_client",
     "Application with identifier '{}' was not found in the directory."},
    {Aadsts::kAssertionNotOfClient, 401, "invalid_client",
     "Client assertion application identifier does not match 'client_id' parameter."},
    {Aadsts::kAssertionAudience, 401, "invalid_client",
     "Client assertion audience claim does not match: expected '{}'."},
    {Aadsts::kAssertionTime, 401, "invalid_client",
     "Client assertion is not within its valid time range."},
    {Aadsts::kPublicClient, 401, "invalid_client",
     "Client is public so neither 'client_assertion' nor 'client_secret' should be presented."},
    {Aadsts::kAssertionSignature, 401, "invalid_client",
     "The certificate with identifier used to sign the client assertion is not registered on the "
     "application, or the signature does not hold."},
    {Aadsts::kRefreshInactive, 400, "invalid_grant",
     "The refresh token has expired due to inactivity."},
    {Aadsts::kFederatedIssuer, 401, "invalid_client",
     "No matching federated identity record found for presented assertion issuer '{}'."},
    {Aadsts::kFederatedAudience, 401, "invalid_client",
     "No matching federated identity record found for presented assertion audience '{}'."},
    {Aadsts::kFederatedSubject, 401, "invalid_client",
     "No matching federated identity record found for presented assertion subject '{}'."},
    {Aadsts::kMissingField, 400, "invalid_request",
     "The request body must contain the following parameter: '{}'."},
    {Aadsts::kNotDefaultScope, 400, "invalid_scope",
     "The provided value for scope {} is not valid. Client credential flows must have a scope "
     "value with /.default suffixed to the resource identifier."},
    {Aadsts::kBadSecret, 401, "invalid_client",
     "Invalid client secret provided for app '{}'. The value of the secret is needed, not its ID."},
    {Aadsts::kNoCredential, 401, "invalid_client",
     "The request body must contain the following parameter: 'client_assertion' or "
     "'client_secret'."},
    {Aadsts::kSecretExpired, 401, "invalid_client",
     "The provided client secret keys for app '{}' are expired."},
    {Aadsts::kMalformedRequest, 400, "invalid_request",
     "Invalid request. Request is malformed or invalid."},
    {Aadsts::kSlowDown, 400, "slow_down", "The client polls too often."},
}};

const EntraErrorRow& EntraRow(Aadsts code) {
  return *std::find_if(kEntraErrors.begin(), kEntraErrors.end(),
                       [code](const EntraErrorRow& row) { return row.code == code; });
}

std::string EntraSentence(const EntraErrorRow& row, const std::string& detail) {
  std::string sentence(row.says);
  if (const std::size_t gap = sentence.find("{}"); gap != std::string::npos) {
    sentence.replace(gap, 2, detail);
  }
  return sentence;
}

}  // namespace

int StatusOf(Aadsts code) { return EntraRow(code).status; }

nlohmann::ordered_json RenderEntraError(const EntraRefusal& refusal, const EntraIds& ids) {
  const EntraErrorRow& row = EntraRow(refusal.code);
  const std::string sentence = EntraSentence(row, refusal.detail);
  if (refusal.code == Aadsts::kSlowDown) {
    return {{"error", row.error}, {"error_description", sentence}};
  }
  const int number = static_cast<int>(refusal.code);
  std::string time =
      FormatTimestamp(ids.now).substr(0, std::string_view("2026-11-24T22:54:03").size());
  time[10] = ' ';
  time += 'Z';
  nlohmann::ordered_json error = {
      {"error", row.error},
      {"error_description",
       fmt::format("AADSTS{}: {} Trace ID: {} Correlation ID: {} Timestamp: {}", number, sentence,
                   ids.trace_id, ids.correlation_id, time)},
      {"error_codes", {number}},
      {"timestamp", time},
      {"trace_id", ids.trace_id},
      {"correlation_id", ids.correlation_id},
      {"error_uri", fmt::format("https://login.microsoftonline.com/error?code={}", number)}};
  if (!row.suberror.empty()) error["suberror"] = row.suberror;
  return error;
}

}  // namespace conform
