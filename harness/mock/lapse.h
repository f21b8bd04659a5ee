// Decisions that the mock gets wrong when a fault says so.
#pragma once

#include <cstddef>

namespace conform {

enum class Lapse {
  kAuthorizationIgnored,
  kExpiryIgnored,
  kAudienceIgnored,
  kSignatureIgnored,
  kMalformedTokenAccepted,
  kPermissionIgnored,
  kPersonalAccepted,
  kApplicationAccepted,
  kApplicationRefused,
  kSecondPermissionRefused,
  kMethodIgnored,
  kVersionIgnored,
  kPathIgnored,
  kWhileIgnored,
  kWithinIgnored,
  kWithinNeverEnds,
  kRefusalsAre400,
  kServerError,
  kCreatedNotKept,
  kUpdateNotKept,
  kDeleteKeeps,
  kEtagIgnored,
  kStateNeverBegins,
  kStateNeverEnds,
  kCount,
};

inline constexpr std::size_t kLapseCount = static_cast<std::size_t>(Lapse::kCount);

}  // namespace conform
