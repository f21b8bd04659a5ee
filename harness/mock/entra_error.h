// How Entra's token endpoints refuse: an OAuth error, and a numbered sentence of Entra's own.
#pragma once

#include <chrono>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace conform {

/// Entra's numbers; its error page lists them as AADSTSnnnnn.
enum class Aadsts {
  kMultipleResources = 28000,
  kAssertionUsed = 50013,
  kWrongAccountType = 50020,
  kMalformedAssertion = 50027,
  kAccountDisabled = 50057,
  kNoTenantNamed = 50059,
  kSecondFactor = 50076,
  kAlreadyRedeemed = 54005,
  kDeclined = 65004,
  kNoConsent = 65001,
  kGrantInvalid = 70000,
  kUnsupportedGrant = 70003,
  kInvalidScope = 70011,
  kPending = 70016,
  kUnknownDeviceCode = 70018,
  kDeviceCodeExpired = 70020,
  kTransient = 90033,
  kThrottled = 90055,
  kUnknownTenant = 90002,
  kResourceUnknown = 500011,
  kUnknownPermission = 650053,
  kUnknownApplication = 700016,
  kAssertionNotOfClient = 700021,
  kAssertionAudience = 700023,
  kAssertionTime = 700024,
  kPublicClient = 700025,
  kAssertionSignature = 700027,
  kRefreshInactive = 700082,
  kFederatedIssuer = 700211,
  kFederatedAudience = 700212,
  kFederatedSubject = 700213,
  kMissingField = 900144,
  kNotDefaultScope = 1002012,
  kBadSecret = 7000215,
  kNoCredential = 7000218,
  kSecretExpired = 7000222,
  kMalformedRequest = 9002313,
  kSlowDown = 0,  ///< RFC 8628 §3.5; without a number.
};

struct EntraRefusal {
  EntraRefusal(Aadsts why, std::string about = "") : code(why), detail(std::move(about)) {}

  Aadsts code;
  std::string detail;  ///< what stands in the sentence's gap, where it has one.
};

using EntraRefused = tl::unexpected<EntraRefusal>;

/// 400, 401, 429 or 503.
int StatusOf(Aadsts code);

struct EntraIds {
  std::string trace_id;
  std::string correlation_id;  ///< the caller's client-request-id, else the server's.
  std::chrono::system_clock::time_point now;
};

/// `error`, `error_description`, `error_codes`, `timestamp`, `trace_id`, `correlation_id`,
/// `error_uri`; `suberror` where there is one.
nlohmann::ordered_json RenderEntraError(const EntraRefusal& refusal, const EntraIds& ids);

}  // namespace conform
