#include "mock/entra_grants.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

using std::chrono::seconds;

const EntraGrants::Time kFirstGrant{std::chrono::hours(500'000)};

TEST(EntraGrants, KeepNoEndOfRefreshTokens) {
  EntraGrants grants;
  std::vector<std::string> tokens;
  for (std::size_t i = 0; i <= kMostGrants; ++i) {
    tokens.push_back(grants.IssueRefresh({}, "", kFirstGrant + seconds(i)));
  }
  const auto now = kFirstGrant + seconds(kMostGrants);
  EXPECT_EQ(grants.RedeemRefresh(tokens[0], "", now).error().code, Aadsts::kGrantInvalid);
  EXPECT_TRUE(grants.RedeemRefresh(tokens[1], "", now).has_value());
  EXPECT_TRUE(grants.RedeemRefresh(tokens.back(), "", now).has_value());
}

TEST(EntraGrants, KeepNoEndOfDeviceCodes) {
  EntraGrants grants;
  std::vector<DeviceCodes> codes;
  for (std::size_t i = 0; i <= kMostGrants; ++i) {
    codes.push_back(grants.BeginDevice({}, kFirstGrant + seconds(i + 900)));
  }
  const auto told = [&](const DeviceCodes& device) {
    return grants.RedeemDevice(device.device_code, "", kFirstGrant).error().code;
  };
  EXPECT_EQ(told(codes[0]), Aadsts::kUnknownDeviceCode);
  EXPECT_EQ(told(codes[1]), Aadsts::kPending);
  EXPECT_EQ(told(codes.back()), Aadsts::kPending);
}

// Those that nobody can use any more go first.
TEST(EntraGrants, ForgetWhatIsPastBeforeWhatIsNot) {
  EntraGrants grants;
  const std::string past = grants.IssueRefresh({}, "", kFirstGrant);
  const auto now = kFirstGrant + std::chrono::hours(24 * 100);
  const std::string kept = grants.IssueRefresh({}, "", now);
  EXPECT_EQ(grants.RedeemRefresh(past, "", now).error().code, Aadsts::kRefreshInactive);
  for (std::size_t i = 2; i <= kMostGrants; ++i) grants.IssueRefresh({}, "", now + seconds(i));
  EXPECT_EQ(grants.RedeemRefresh(past, "", now).error().code, Aadsts::kGrantInvalid);
  EXPECT_TRUE(grants.RedeemRefresh(kept, "", now).has_value());
}

}  // namespace
}  // namespace conform
