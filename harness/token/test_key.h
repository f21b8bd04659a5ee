// The one key that test tokens are signed with. It is public: nothing real may ever trust it.
#pragma once

#include <string_view>

#include "token/rsa_key.h"

namespace conform {

/// The `kid` of every token signed with it.
inline constexpr std::string_view kTestKeyId = "conform-test-key";

/// The PEM text, private half included: the mock and `conform run` must share it, also from two
/// processes.
std::string_view TestKeyPem();

/// The same key, loaded at the first call.
const RsaKey& TestKey();

}  // namespace conform
