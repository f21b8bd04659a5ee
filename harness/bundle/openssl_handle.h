// Owners of what OpenSSL allocates, and its byte type.
#pragma once

#include <openssl/bio.h>

#include <memory>
#include <string>
#include <string_view>

namespace conform {

template <auto kFree>
struct FreeWith {
  template <typename T>
  void operator()(T* object) const {
    kFree(object);
  }
};

/// `Handle<EVP_PKEY, EVP_PKEY_free>`; null where a call failed.
template <typename T, auto kFree>
using Handle = std::unique_ptr<T, FreeWith<kFree>>;

using BioHandle = Handle<BIO, BIO_free_all>;

/// Reads `bytes`, which outlive it.
inline BioHandle ReadFrom(std::string_view bytes) {
  return BioHandle(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}

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
