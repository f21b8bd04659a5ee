// An application vouches for itself with the key of its certificate (RFC 7523 §3).
#pragma once

#include <chrono>
#include <string>

#include "auth/environment_tokens.h"
#include "auth/sign_in_settings.h"
#include "base/error.h"
#include "token/rsa_key.h"

namespace conform {

/// That an assertion is good for.
inline constexpr std::chrono::minutes kAssertionLife{5};

struct SigningCertificate {
  RsaKey key;
  std::string thumbprint;  ///< SHA-256 of the certificate in DER, base64url.
};

/// Errors: a file that cannot be read, whose key others can read or is no RSA key, or a password
/// that is missing or wrong.
Expected<SigningCertificate> LoadSigningCertificate(const CertificateCredential& from,
                                                    const Environment& environment);

/// `audience` is the address of the token endpoint. Each has an id of its own.
Expected<std::string> SignClientAssertion(const SigningCertificate& certificate, RsaScheme scheme,
                                          const std::string& client, const std::string& audience,
                                          std::chrono::system_clock::time_point now);

}  // namespace conform
