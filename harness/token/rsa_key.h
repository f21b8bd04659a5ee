// An RSA key, loaded once and used by many: signs and verifies RS256 (RFC 7518 §3.3).
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"

namespace conform {

/// Safe to use from several threads. Copies share the key.
class RsaKey {
 public:
  /// Reads a private (`BEGIN PRIVATE KEY`) or public (`BEGIN PUBLIC KEY`) key; text before the
  /// armour is passed over. An error never quotes the key.
  static Expected<RsaKey> Load(std::string_view pem);

  /// RSASSA-PKCS1-v1_5 with SHA-256, raw bytes. An error where the key is public.
  Expected<std::string> Sign(std::string_view bytes) const;
  bool Verify(std::string_view bytes, std::string_view signature) const;

 private:
  struct Handle;
  explicit RsaKey(std::shared_ptr<const Handle> handle) : handle_(std::move(handle)) {}

  std::shared_ptr<const Handle> handle_;
};

}  // namespace conform
