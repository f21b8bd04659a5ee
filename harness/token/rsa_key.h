// An RSA key, loaded once and used by many: signs RS256 and PS256 (RFC 7518 §3.3, §3.5).
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/openssl_handle.h"

namespace conform {

/// RSASSA-PKCS1-v1_5, or RSASSA-PSS with a salt as long as the hash; both with SHA-256.
enum class RsaScheme { kRs256, kPs256 };

/// Safe to use from several threads. Copies share the key.
class RsaKey {
 public:
  /// Reads a private (`BEGIN PRIVATE KEY`) or public (`BEGIN PUBLIC KEY`) key; text before the
  /// armour is passed over. An error never quotes the key.
  static Expected<RsaKey> Load(std::string_view pem);

  /// A private key that another reader loaded; the error where it is of another kind.
  static Expected<RsaKey> Take(openssl::KeyHandle key);

  /// Raw bytes. An error where the key is public.
  Expected<std::string> Sign(std::string_view bytes, RsaScheme scheme = RsaScheme::kRs256) const;
  /// RS256 alone.
  bool Verify(std::string_view bytes, std::string_view signature) const;

 private:
  struct Handle;
  explicit RsaKey(std::shared_ptr<const Handle> handle) : handle_(std::move(handle)) {}

  std::shared_ptr<const Handle> handle_;
};

}  // namespace conform
