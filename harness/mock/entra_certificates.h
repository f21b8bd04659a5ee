// Certificates that are registered with applications of the mock of Entra.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace conform {

/// A certificate's public half. Copies share the key.
class EntraCertificate {
 public:
  /// Of a PEM text (`BEGIN CERTIFICATE`). Errors: no certificate, or one of another key than RSA.
  static Expected<EntraCertificate> Read(std::string_view pem);

  /// Digests of the certificate in DER, raw bytes: `x5t` and `x5t#S256` (RFC 7515 §4.1.7, §4.1.8).
  const std::string& sha1() const { return sha1_; }
  const std::string& sha256() const { return sha256_; }
  /// RSASSA-PKCS1-v1_5 or, with `pss`, RSASSA-PSS whose salt is as long as the hash; both with
  /// SHA-256 (RFC 7518 §3.3, §3.5).
  bool Verify(std::string_view bytes, std::string_view signature, bool pss) const;

 private:
  struct Key;

  std::shared_ptr<const Key> key_;
  std::string sha1_;
  std::string sha256_;
};

/// Of one application; the one registered first is forgotten first.
inline constexpr std::size_t kMostCertificates = 100;

/// Safe to use from several threads.
class EntraCertificates {
 public:
  /// Again, it counts as registered last.
  void Register(std::string_view client, EntraCertificate certificate);
  std::vector<EntraCertificate> Of(std::string_view client) const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::vector<EntraCertificate>, std::less<>> by_client_;
};

/// `n` and `e` of the public half of a PEM key, base64url, for a key set (RFC 7518 §6.3.1).
struct PublicNumbers {
  std::string modulus;
  std::string exponent;
};
PublicNumbers PublicNumbersOf(std::string_view pem);

}  // namespace conform
