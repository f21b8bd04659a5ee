// JSON Web Tokens in compact form (RFC 7519, RFC 7515 §3.1): read, sign, verify.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "token/rsa_key.h"

namespace conform {

/// What a token says; nobody has vouched for it until VerifyJwt did.
struct Jwt {
  nlohmann::json header;  ///< always an object.
  nlohmann::json claims;  ///< always an object.
};

/// Reads header and claims without looking at the signature. Nothing where `token` is not three
/// base64url parts of which the first two hold JSON objects, or is longer than 64 KiB.
std::optional<Jwt> ReadJwt(std::string_view token);

/// `alg` and `typ` are set here.
Expected<std::string> SignJwt(nlohmann::json header, const nlohmann::json& claims,
                              const RsaKey& key, RsaScheme scheme = RsaScheme::kRs256);

/// Whether the signature is the key's over exactly this header and these claims. Only the
/// algorithm RS256 counts, whatever the header names (RFC 8725 §3.1).
bool VerifyJwt(std::string_view token, const RsaKey& key);

}  // namespace conform
