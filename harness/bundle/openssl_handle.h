// What signing needs of OpenSSL besides the owners that all rooms share: its byte type, and DER.
#pragma once

#include <string>
#include <string_view>

#include "base/openssl_handle.h"

namespace conform {

using openssl::BioHandle;
using openssl::Handle;
using openssl::ReadFrom;

inline const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

/// DER by one of OpenSSL's i2d functions; empty where it failed.
template <auto kEncode, typename T>
std::string EncodeDer(T* object) {
  unsigned char* encoded = nullptr;
  const int size = kEncode(object, &encoded);
  if (size <= 0) return "";
  std::string der(reinterpret_cast<const char*>(encoded), static_cast<std::size_t>(size));
  OPENSSL_free(encoded);
  return der;
}

}  // namespace conform
