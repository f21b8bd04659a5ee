#include "mock/entra_grants.h"

#include <algorithm>
#include <utility>

#include "base/digest.h"

namespace conform {
namespace {

// Entra's: a refresh token not used for so long is no longer one.
constexpr std::chrono::hours kLongestIdle{24 * 90};
// How long what is past is still told apart from what never was.
constexpr std::chrono::hours kKeptPast{24};

std::string NewOpaqueText() { return Base64Url(Sha256(RandomUuid() + RandomUuid())); }

// Without the letters and digits that people confuse.
std::string NewUserCode() {
  constexpr std::string_view kAlphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  constexpr std::size_t kLength = 9;
  std::string code;
  for (const char c : Sha256(RandomUuid()).substr(0, kLength)) {
    code += kAlphabet[static_cast<unsigned char>(c) % kAlphabet.size()];
  }
  return code;
}

// A mock may run for weeks. Makes room for one more: what `is_past`, else what `is_older` than all
// others.
template <typename Rows, typename IsPast, typename IsOlder>
void MakeRoom(Rows& rows, IsPast is_past, IsOlder is_older) {
  if (rows.size() < kMostGrants) return;
  std::erase_if(rows, [&](const auto& row) { return is_past(row.second); });
  if (rows.size() < kMostGrants) return;
  rows.erase(std::min_element(rows.begin(), rows.end(), [&](const auto& a, const auto& b) {
    return is_older(a.second, b.second);
  }));
}

EntraRefused RefuseGrant(Aadsts why) { return EntraRefused(EntraRefusal(why)); }

}  // namespace

DeviceCodes EntraGrants::BeginDevice(EntraGrant grant, Time expires) {
  DeviceCodes codes{NewOpaqueText(), NewUserCode()};
  const std::lock_guard lock(mutex_);
  MakeRoom(
      devices_, [expires](const Device& row) { return row.expires + kKeptPast < expires; },
      [](const Device& a, const Device& b) { return a.expires < b.expires; });
  devices_[codes.device_code] = {std::move(grant), codes.user_code, expires, {}};
  return codes;
}

bool EntraGrants::Decide(std::string_view user_code, DeviceDecision decision,
                         const EntraPerson* person) {
  const std::lock_guard lock(mutex_);
  const auto found = std::find_if(devices_.begin(), devices_.end(), [user_code](const auto& row) {
    return row.second.user_code == user_code && row.second.state == DeviceState::kPending;
  });
  if (found == devices_.end()) return false;
  Device& device = found->second;
  device.grant.person = person;
  device.state = decision == DeviceDecision::kApprove   ? DeviceState::kApproved
                 : decision == DeviceDecision::kDecline ? DeviceState::kDeclined
                                                        : DeviceState::kExpired;
  return true;
}

tl::expected<EntraGrant, EntraRefusal> EntraGrants::RedeemDevice(std::string_view device_code,
                                                                 std::string_view client,
                                                                 Time now) {
  const std::lock_guard lock(mutex_);
  const auto found = devices_.find(device_code);
  if (found == devices_.end() || found->second.grant.client != client) {
    return RefuseGrant(Aadsts::kUnknownDeviceCode);
  }
  Device& device = found->second;
  if (device.state == DeviceState::kRedeemed) return RefuseGrant(Aadsts::kAlreadyRedeemed);
  if (device.state == DeviceState::kExpired || device.expires <= now) {
    return RefuseGrant(Aadsts::kDeviceCodeExpired);
  }
  if (device.state == DeviceState::kDeclined) return RefuseGrant(Aadsts::kDeclined);
  if (device.state == DeviceState::kPending) return RefuseGrant(Aadsts::kPending);
  device.state = DeviceState::kRedeemed;
  return device.grant;
}

std::string EntraGrants::IssueRefresh(EntraGrant grant, std::string family, Time now) {
  std::string token = "1." + NewOpaqueText();
  if (family.empty()) family = token;
  const std::lock_guard lock(mutex_);
  MakeRoom(
      refreshes_, [now](const Refresh& row) { return row.issued + kLongestIdle + kKeptPast < now; },
      [](const Refresh& a, const Refresh& b) { return a.issued < b.issued; });
  refreshes_[token] = {std::move(grant), std::move(family), now, false};
  return token;
}

tl::expected<EntraGrants::Redeemed, EntraRefusal> EntraGrants::RedeemRefresh(
    std::string_view token, std::string_view client, Time now) {
  const std::lock_guard lock(mutex_);
  const auto found = refreshes_.find(token);
  if (found == refreshes_.end() || found->second.grant.client != client) {
    return RefuseGrant(Aadsts::kGrantInvalid);
  }
  Refresh& refresh = found->second;
  if (refresh.used) {
    const std::string family = refresh.family;
    std::erase_if(refreshes_, [&](const auto& row) { return row.second.family == family; });
    return RefuseGrant(Aadsts::kGrantInvalid);
  }
  if (now - refresh.issued > kLongestIdle) return RefuseGrant(Aadsts::kRefreshInactive);
  refresh.used = true;
  return Redeemed{refresh.grant, refresh.family};
}

void EntraGrants::Restore(std::string_view refresh_token) {
  const std::lock_guard lock(mutex_);
  const auto found = refreshes_.find(refresh_token);
  if (found != refreshes_.end()) found->second.used = false;
}

}  // namespace conform
