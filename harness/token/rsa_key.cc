#include "token/rsa_key.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <utility>

namespace conform {
namespace {

using DigestContext = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

DigestContext NewContext() { return {EVP_MD_CTX_new(), &EVP_MD_CTX_free}; }

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// Without it OpenSSL asks the terminal for the password of an encrypted key.
int NoPassword(char*, int, int, void*) { return -1; }

}  // namespace

struct RsaKey::Handle {
  EVP_PKEY* key = nullptr;
  bool is_private = false;

  Handle(EVP_PKEY* loaded, bool private_part) : key(loaded), is_private(private_part) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() { EVP_PKEY_free(key); }
};

Expected<RsaKey> RsaKey::Load(std::string_view pem) {
  const bool is_private = pem.find("PRIVATE KEY-----") != std::string_view::npos;
  const std::unique_ptr<BIO, decltype(&BIO_free)> bio(
      BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free);
  if (!bio) return Fail("a key could not be read: out of memory");
  EVP_PKEY* key = is_private ? PEM_read_bio_PrivateKey(bio.get(), nullptr, &NoPassword, nullptr)
                             : PEM_read_bio_PUBKEY(bio.get(), nullptr, &NoPassword, nullptr);
  if (key == nullptr) return Fail("a key could not be read: it is no unencrypted PEM key");
  auto handle = std::make_shared<const Handle>(key, is_private);
  if (EVP_PKEY_get_base_id(key) != EVP_PKEY_RSA) return Fail("a key is not an RSA key");
  return RsaKey(std::move(handle));
}

Expected<RsaKey> RsaKey::Take(openssl::KeyHandle key) {
  if (EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_RSA) return Fail("a key is not an RSA key");
  return RsaKey(std::make_shared<const Handle>(key.release(), true));
}

Expected<std::string> RsaKey::Sign(std::string_view bytes, RsaScheme scheme) const {
  if (!handle_->is_private) return Fail("a public key cannot sign");
  const DigestContext context = NewContext();
  std::string signature(static_cast<std::size_t>(EVP_PKEY_get_size(handle_->key)), '\0');
  std::size_t length = signature.size();
  EVP_PKEY_CTX* padding = nullptr;  // the context owns it
  const bool done =
      context &&
      EVP_DigestSignInit(context.get(), &padding, EVP_sha256(), nullptr, handle_->key) == 1 &&
      (scheme == RsaScheme::kRs256 ||
       (EVP_PKEY_CTX_set_rsa_padding(padding, RSA_PKCS1_PSS_PADDING) == 1 &&
        EVP_PKEY_CTX_set_rsa_pss_saltlen(padding, RSA_PSS_SALTLEN_DIGEST) == 1)) &&
      EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &length,
                     Bytes(bytes), bytes.size()) == 1;
  if (!done) return Fail("signing failed inside OpenSSL");
  signature.resize(length);
  return signature;
}

bool RsaKey::Verify(std::string_view bytes, std::string_view signature) const {
  const DigestContext context = NewContext();
  return context &&
         EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, handle_->key) == 1 &&
         EVP_DigestVerify(context.get(), Bytes(signature), signature.size(), Bytes(bytes),
                          bytes.size()) == 1;
}

}  // namespace conform
