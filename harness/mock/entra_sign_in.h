// The device code and token endpoints of the mock of Entra.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "mock/entra_client_check.h"
#include "mock/entra_grants.h"
#include "mock/entra_request.h"
#include "mock/entra_switches.h"

namespace conform {

/// Grants: device code (RFC 8628, both spellings), refresh token, client credentials. Safe to use
/// from several threads.
class EntraSignIn {
 public:
  using Outcome = tl::expected<nlohmann::ordered_json, EntraRefusal>;

  /// Grants the permissions that the contracts name.
  explicit EntraSignIn(const std::vector<const Contract*>& contracts)
      : permissions_(PermissionsOf(contracts)) {}

  Outcome BeginDevice(const EntraRequest& request);
  Outcome IssueTokens(const EntraRequest& request);

  EntraGrants& grants() { return grants_; }
  EntraSwitches& switches() { return switches_; }
  EntraAssertions& assertions() { return clients_.assertions(); }
  EntraCertificates& certificates() { return clients_.certificates(); }

 private:
  Outcome RedeemDevice(const EntraRequest& request);
  Outcome Renew(const EntraRequest& request);
  Outcome RenewFor(EntraGrants::Redeemed redeemed, const EntraRequest& request);
  Outcome IssueToApplication(const EntraRequest& request);
  Outcome IssueToPerson(EntraGrant grant, std::string family, const EntraRequest& request);
  EntraGrants::Time Now(const EntraRequest& request) const {
    return request.ids.now + switches_.advanced();
  }

  EntraPermissions permissions_;
  EntraClientCheck clients_;
  EntraGrants grants_;
  EntraSwitches switches_;
};

}  // namespace conform
