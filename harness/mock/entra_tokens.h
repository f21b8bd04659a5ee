// The token endpoint's success answers. Their access tokens are what the mock of Graph accepts.
#pragma once

#include <chrono>
#include <nlohmann/json.hpp>

#include "mock/entra_grants.h"
#include "mock/entra_request.h"

namespace conform {

/// `token_type`, `scope`, `expires_in`, `ext_expires_in`, `access_token`; for a person also
/// `id_token` and `client_info` where they were asked for. Access tokens are of version 1, as
/// Graph's are, signed with the test key; none is made twice.
nlohmann::ordered_json RenderEntraTokens(const EntraGrant& grant, const EntraRequest& request,
                                         std::chrono::seconds lifetime);

/// The same for an application itself; `grant.person` is null.
nlohmann::ordered_json RenderApplicationToken(const EntraGrant& grant, const EntraRequest& request,
                                              std::chrono::seconds lifetime);

}  // namespace conform
