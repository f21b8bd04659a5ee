// What a token's claims say of a test before anything is sent with it.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "case/test.h"
#include "profile/profile.h"

namespace conform {

/// How far two machines' clocks may differ.
inline constexpr std::chrono::minutes kClockSkew{5};

struct TokenFitness {
  std::string trouble;  ///< why no answer to this token would tell anything; empty: none.
  std::string note;     ///< what could not be known of it; empty: nothing.
};

/// Holds the claims of `token` (RFC 7519 §4.1: `aud`, `exp`, `nbf`, `iat`, `iss`; Microsoft's
/// `tid`, `scp`, `roles`, `idtyp`) against what `test` needs of its identity and against the
/// service that `profile` names. A token made to be refused must be wrong in that one way alone.
/// No claim is trusted: the service decides. Texts hold no secret.
TokenFitness CheckToken(const Test& test, std::string_view token, const Profile& profile,
                        std::chrono::system_clock::time_point now);

}  // namespace conform
