// ECDSA signatures in the one of their two forms that is kept.
#pragma once

#include <openssl/evp.h>

#include <string>
#include <string_view>

namespace conform {

/// Of s and n - s, which are valid alike, whoever can read a signature can make the other: the same
/// signature (an Ecdsa-Sig-Value in DER) with the smaller one. Empty where it is none, or `key` is
/// no key on a curve.
std::string WithLowS(std::string_view signature, const EVP_PKEY* key);

}  // namespace conform
