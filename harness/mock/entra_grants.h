// What the mock of Entra remembers: device codes under way, and refresh tokens.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "mock/entra_directory.h"
#include "mock/entra_error.h"
#include "mock/entra_scopes.h"

namespace conform {

/// Who may have which token through which application.
struct EntraGrant {
  std::string client;
  EntraTenant asked;
  std::string tenant;                   ///< a GUID; empty until somebody signed in.
  const EntraPerson* person = nullptr;  ///< null until then.
  EntraScopes scopes;
};

struct DeviceCodes {
  std::string device_code;
  std::string user_code;
};

enum class DeviceDecision { kApprove, kDecline, kExpire };

/// Device codes that are remembered at once, and refresh tokens; the oldest is forgotten first.
inline constexpr std::size_t kMostGrants = 4096;

/// A refresh token is for one use. One that comes twice was stolen, or lost on the way: all that
/// came of the same sign-in are then revoked (RFC 9700 §4.14.2). Safe to use from several threads.
class EntraGrants {
 public:
  using Time = std::chrono::system_clock::time_point;

  DeviceCodes BeginDevice(EntraGrant grant, Time expires);
  /// False: no such code is waiting. `person` is used where it is approved.
  bool Decide(std::string_view user_code, DeviceDecision decision, const EntraPerson* person);
  tl::expected<EntraGrant, EntraRefusal> RedeemDevice(std::string_view device_code,
                                                      std::string_view client, Time now);

  /// `family` is of the token that this one replaces; empty: a new sign-in.
  std::string IssueRefresh(EntraGrant grant, std::string family, Time now);
  struct Redeemed {
    EntraGrant grant;
    std::string family;
  };
  tl::expected<Redeemed, EntraRefusal> RedeemRefresh(std::string_view token,
                                                     std::string_view client, Time now);
  /// The token just redeemed brought nothing, and may come again.
  void Restore(std::string_view refresh_token);

 private:
  enum class DeviceState { kPending, kApproved, kDeclined, kExpired, kRedeemed };
  struct Device {
    EntraGrant grant;
    std::string user_code;
    Time expires;
    DeviceState state = DeviceState::kPending;
  };
  struct Refresh {
    EntraGrant grant;
    std::string family;
    Time issued;
    bool used = false;
  };

  std::mutex mutex_;
  std::map<std::string, Device, std::less<>> devices_;     // by device code
  std::map<std::string, Refresh, std::less<>> refreshes_;  // by token
};

}  // namespace conform
