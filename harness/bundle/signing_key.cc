#include "bundle/signing_key.h"

#include <fmt/format.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <array>

#include "base/digest.h"
#include "base/source_text.h"
#include "bundle/ecdsa_form.h"
#include "bundle/openssl_handle.h"

namespace conform {

struct PublicKey::Key {
  Handle<EVP_PKEY, EVP_PKEY_free> key;

  bool IsEd25519() const { return EVP_PKEY_get_base_id(key.get()) == EVP_PKEY_ED25519; }
  /// Ed25519 hashes by itself.
  const EVP_MD* Digest() const { return IsEd25519() ? nullptr : EVP_sha256(); }
};

namespace {

using KeyHandle = Handle<EVP_PKEY, EVP_PKEY_free>;
using DigestContext = Handle<EVP_MD_CTX, EVP_MD_CTX_free>;

constexpr std::size_t kMostKeyBytes = std::size_t{64} * 1024;
constexpr std::string_view kMakeOne = "make one with: openssl genpkey -algorithm ed25519";

// Without it OpenSSL asks the terminal for the passphrase of a protected key.
int NotePassphraseAsked(char*, int, int, void* asked) {
  *static_cast<bool*>(asked) = true;
  return -1;
}

/// Nothing where the key may sign bundles, else what it is instead.
std::string DescribeOtherKind(const EVP_PKEY* key) {
  if (EVP_PKEY_get_base_id(key) == EVP_PKEY_ED25519) return "";
  const char* type = EVP_PKEY_get0_type_name(key);
  std::array<char, 80> group{};
  if (EVP_PKEY_get_base_id(key) != EVP_PKEY_EC) return type == nullptr ? "unknown" : type;
  EVP_PKEY_get_group_name(key, group.data(), group.size(), nullptr);
  const std::string_view name = group.data();
  if (name == "prime256v1" || name == "P-256") return "";
  return fmt::format("EC on {}", name.empty() ? "a curve without a name" : name);
}

Expected<KeyHandle> RequireKind(KeyHandle key) {
  const std::string other = DescribeOtherKind(key.get());
  if (other.empty()) return key;
  return Fail(fmt::format("is a key of the kind {}; bundles take Ed25519, or EC on P-256: {}",
                          other, kMakeOne));
}

bool Holds(std::string_view pem, std::string_view word) {
  return pem.find(word) != std::string_view::npos;
}

Expected<std::string> ReadKeyFile(const std::filesystem::path& path) {
  const auto text = SourceText::Load(path, kMostKeyBytes);
  if (!text) return Fail(fmt::format("{}: {}", path.string(), text.error().message));
  return (*text)->text();
}

/// Reads the file; errors begin with its path.
template <typename Loaded>
Expected<Loaded> LoadKey(const std::filesystem::path& path) {
  const auto pem = ReadKeyFile(path);
  if (!pem) return tl::unexpected(pem.error());
  auto key = Loaded::Read(*pem);
  if (!key) return Fail(fmt::format("{} {}", path.string(), key.error().message));
  return key;
}

}  // namespace

PublicKey::PublicKey(std::shared_ptr<const Key> key)
    : key_(std::move(key)), id_(Sha256Hex(EncodeDer<i2d_PUBKEY>(key_->key.get()))) {}

Expected<PublicKey> PublicKey::Read(std::string_view pem) {
  if (Holds(pem, "PRIVATE KEY-----")) {
    return Fail("is a private key; its public half is made by: openssl pkey -pubout");
  }
  if (Holds(pem, "-----BEGIN CERTIFICATE-----")) {
    return Fail("is a certificate; its key is made by: openssl x509 -pubkey -noout");
  }
  KeyHandle key(PEM_read_bio_PUBKEY(ReadFrom(pem).get(), nullptr, &openssl::NoPassword, nullptr));
  ERR_clear_error();
  if (!key) return Fail("is no public key in PEM: it begins with -----BEGIN PUBLIC KEY-----");
  auto fitting = RequireKind(std::move(key));
  if (!fitting) return tl::unexpected(fitting.error());
  return PublicKey(std::make_shared<const Key>(Key{*std::move(fitting)}));
}

Expected<PublicKey> PublicKey::Load(const std::filesystem::path& path) {
  return LoadKey<PublicKey>(path);
}

bool PublicKey::Verify(std::string_view bytes, std::string_view signature) const {
  return !IsInOtherForm(signature) && VerifyInAnyForm(bytes, signature);
}

bool PublicKey::IsInOtherForm(std::string_view signature) const {
  return !key_->IsEd25519() && WithLowS(signature, key_->key.get()) != signature;
}

bool PublicKey::VerifyInAnyForm(std::string_view bytes, std::string_view signature) const {
  const DigestContext context(EVP_MD_CTX_new());
  const bool holds =
      context &&
      EVP_DigestVerifyInit(context.get(), nullptr, key_->Digest(), nullptr, key_->key.get()) == 1 &&
      EVP_DigestVerify(context.get(), Bytes(signature), signature.size(), Bytes(bytes),
                       bytes.size()) == 1;
  ERR_clear_error();
  return holds;
}

Expected<SigningKey> SigningKey::Read(std::string_view pem) {
  if (!Holds(pem, "PRIVATE KEY-----")) {
    if (Holds(pem, "-----BEGIN PUBLIC KEY-----")) {
      return Fail("is a public key; signing needs the private one");
    }
    return Fail(fmt::format("is no private key in PEM; {}", kMakeOne));
  }
  bool asked = false;
  KeyHandle key(
      PEM_read_bio_PrivateKey(ReadFrom(pem).get(), nullptr, &NotePassphraseAsked, &asked));
  ERR_clear_error();
  if (asked) {
    return Fail(
        "is protected by a passphrase; take that off in a copy that only you can read: "
        "openssl pkey");
  }
  if (!key) return Fail(fmt::format("is a private key that is spoilt; {}", kMakeOne));
  auto fitting = RequireKind(std::move(key));
  if (!fitting) return tl::unexpected(fitting.error());
  using Key = PublicKey::Key;
  return SigningKey(PublicKey(std::make_shared<const Key>(Key{*std::move(fitting)})));
}

Expected<SigningKey> SigningKey::Load(const std::filesystem::path& path) {
  return LoadKey<SigningKey>(path);
}

bool SigningKey::deterministic() const { return public_.key_->IsEd25519(); }

Expected<std::string> SigningKey::Sign(std::string_view bytes) const {
  const PublicKey::Key& key = *public_.key_;
  const DigestContext context(EVP_MD_CTX_new());
  std::string signature(static_cast<std::size_t>(EVP_PKEY_get_size(key.key.get())), '\0');
  std::size_t length = signature.size();
  const bool done =
      context &&
      EVP_DigestSignInit(context.get(), nullptr, key.Digest(), nullptr, key.key.get()) == 1 &&
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &length,
                     Bytes(bytes), bytes.size()) == 1;
  ERR_clear_error();
  if (!done) return Fail("the bundle could not be signed: OpenSSL refuses the key");
  signature.resize(length);
  return key.IsEd25519() ? signature : WithLowS(signature, key.key.get());
}

std::string DescribeExposure(const std::filesystem::path& path) {
  namespace fs = std::filesystem;
  std::error_code failed;
  const fs::perms mode = fs::status(path, failed).permissions();
  const fs::perms others = fs::perms::group_read | fs::perms::others_read;
  if (failed || (mode & others) == fs::perms::none) return "";
  return fmt::format("{} can be read by others (mode {:04o}): chmod 600 {}", path.string(),
                     static_cast<unsigned>(mode & fs::perms::mask), path.string());
}

}  // namespace conform
