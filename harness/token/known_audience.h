// Services that a token names in words that mean no other.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "token/test_token.h"

namespace conform {

/// Microsoft Graph's in each cloud, and Azure's: as the token endpoints of Microsoft Entra know
/// them.
inline constexpr std::array<std::string_view, 6> kKnownAudiences = {
    kGraphAudience,
    kGraphApplicationId,
    "https://graph.microsoft.us",
    "https://dod-graph.microsoft.us",
    "https://microsoftgraph.chinacloudapi.cn",
    "https://management.azure.com"};

/// Of an audience without a slash at its end. Any other can be the name of whichever service, also
/// where it reads like an address.
inline bool IsKnownAudience(std::string_view audience) {
  return std::find(kKnownAudiences.begin(), kKnownAudiences.end(), audience) !=
         kKnownAudiences.end();
}

}  // namespace conform
