// Owners of what OpenSSL allocates.
#pragma once

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>
#include <string_view>

namespace conform::openssl {

template <auto kFree>
struct FreeWith {
  template <typename T>
  void operator()(T* object) const {
    kFree(object);
  }
};

/// `Handle<X509, X509_free>`; null where a call failed.
template <typename T, auto kFree>
using Handle = std::unique_ptr<T, FreeWith<kFree>>;

using BioHandle = Handle<BIO, BIO_free_all>;
using CertificateHandle = Handle<X509, X509_free>;
using KeyHandle = Handle<EVP_PKEY, EVP_PKEY_free>;

/// Reads `bytes`, which outlive it.
inline BioHandle ReadFrom(std::string_view bytes) {
  return BioHandle(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}

inline BioHandle NewMemory() { return BioHandle(BIO_new(BIO_s_mem())); }

/// What was written into a memory BIO so far.
inline std::string_view WrittenTo(BIO* bio) {
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(bio, &bytes);
  return size <= 0 ? std::string_view() : std::string_view(bytes, static_cast<std::size_t>(size));
}

/// Without it OpenSSL asks the terminal for the password of a protected key.
inline int NoPassword(char*, int, int, void*) { return -1; }

}  // namespace conform::openssl
