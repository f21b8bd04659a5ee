// Keys that sign bundles and check them: Ed25519, or ECDSA on P-256 with SHA-256.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"

namespace conform {

/// Checks signatures. Copies share the key.
class PublicKey {
 public:
  /// Of a PEM text (`BEGIN PUBLIC KEY`). Errors: a private key, a certificate, no PEM, a key of
  /// another kind; each says what to do. None quotes the key.
  static Expected<PublicKey> Read(std::string_view pem);
  /// Of a file; errors begin with its path.
  static Expected<PublicKey> Load(const std::filesystem::path& path);

  /// SHA-256 of the key's SubjectPublicKeyInfo (RFC 5280 §4.1) in DER, hex.
  const std::string& id() const { return id_; }
  /// An ECDSA signature holds in the one form that Sign gives: another of the same bytes is one
  /// that somebody altered.
  bool Verify(std::string_view bytes, std::string_view signature) const;
  /// Of ECDSA the other of two signatures, which anyone can make of one, holds, too.
  bool VerifyInAnyForm(std::string_view bytes, std::string_view signature) const;

 private:
  friend class SigningKey;
  struct Key;
  bool IsInOtherForm(std::string_view signature) const;
  explicit PublicKey(std::shared_ptr<const Key> key);

  std::shared_ptr<const Key> key_;
  std::string id_;
};

/// Signs. Copies share the key.
class SigningKey {
 public:
  /// Of a PEM text as `openssl genpkey` and `openssl ecparam -genkey` write it. Errors: a public
  /// key, one that a passphrase protects, RSA or whatever else; each says what to do.
  static Expected<SigningKey> Read(std::string_view pem);
  static Expected<SigningKey> Load(const std::filesystem::path& path);

  const std::string& id() const { return public_.id(); }
  /// Ed25519 (RFC 8032): 64 bytes, the same for the same `bytes`. ECDSA: a DER signature of
  /// SHA-256 of them with the lower s (WithLowS), another each time.
  Expected<std::string> Sign(std::string_view bytes) const;
  /// Whether it gives the same signature each time.
  bool deterministic() const;

 private:
  explicit SigningKey(PublicKey key) : public_(std::move(key)) {}

  PublicKey public_;
};

/// Empty, or a warning where others than its owner may read the file.
std::string DescribeExposure(const std::filesystem::path& path);

}  // namespace conform
