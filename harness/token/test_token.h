// Access tokens for the mock: shaped like Microsoft Graph's v1 tokens, signed with a test key.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/identity.h"

namespace conform {

/// The audience of a token for Microsoft Graph; its application id means the same.
inline constexpr std::string_view kGraphAudience = "https://graph.microsoft.com";
inline constexpr std::string_view kGraphApplicationId = "00000003-0000-0000-c000-000000000000";
/// The tenant that all personal Microsoft accounts belong to.
inline constexpr std::string_view kPersonalTenant = "9188040d-6c67-4c5b-b112-36a304b66dad";
/// A claim of ours. All personal accounts share one `tid`, so the tenant whose state the mock
/// keeps for a test stands here.
inline constexpr std::string_view kTestTenantClaim = "conform_tenant";
/// Not a JSON Web Token at all.
inline constexpr std::string_view kMalformedToken = "not-a-token";

/// From now on valid for this long.
inline constexpr std::chrono::minutes kTestTokenLifetime{60};

/// A token as `identity` would hold it; empty for `none`. `permission` is what it grants
/// (`without_permission` gets another one), `tenant` is the test's own and becomes `tid`, but for
/// a personal account. Both may be empty: then `User.Read`, and a fixed tenant.
std::string IssueTestToken(const Identity& identity, std::string_view permission,
                           std::string_view tenant, std::chrono::system_clock::time_point now);

/// The same token with a signature that is well-formed and wrong.
std::string ForgeSignature(std::string_view token);

}  // namespace conform
