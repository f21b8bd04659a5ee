// The keys that test tokens are signed with. They are public: nothing real may ever trust them.
#pragma once

#include <string_view>

#include "token/rsa_key.h"

namespace conform {

/// The `kid` of a token that Entra's stand-in signed.
inline constexpr std::string_view kTestKeyId = "conform-test-key";

/// The PEM text, private half included: the mock and `conform run` must share it, also from two
/// processes.
std::string_view TestKeyPem();

/// The same key, loaded at the first call.
const RsaKey& TestKey();

/// The `kid` of a token that a run signed itself.
inline constexpr std::string_view kTestTokenKeyId = "conform-test-token-key";

/// For those, which no library but the mock's reads: a quarter as long as what clients of Entra ask
/// for, since a run signs one for each identity and permission, and signs eight of these meanwhile.
const RsaKey& TestTokenKey();

}  // namespace conform
