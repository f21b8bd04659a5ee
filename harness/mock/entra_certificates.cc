#include "mock/entra_certificates.h"

#include <openssl/core_names.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <array>
#include <utility>

#include "base/digest.h"
#include "base/openssl_handle.h"

namespace conform {
namespace {

using BigNumber = openssl::Handle<BIGNUM, BN_free>;
using VerifyContext = openssl::Handle<EVP_MD_CTX, EVP_MD_CTX_free>;

std::string DigestOf(const X509* certificate, const EVP_MD* kind) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned int size = 0;
  if (X509_digest(certificate, kind, bytes.data(), &size) != 1) return "";
  return {reinterpret_cast<const char*>(bytes.data()), size};
}

const unsigned char* UnsignedBytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string NumberOf(const EVP_PKEY* key, const char* name) {
  BIGNUM* number = nullptr;
  if (EVP_PKEY_get_bn_param(key, name, &number) != 1) return "";
  const BigNumber owner(number);
  std::string bytes(static_cast<std::size_t>(BN_num_bytes(number)), '\0');
  BN_bn2bin(number, reinterpret_cast<unsigned char*>(bytes.data()));
  return Base64Url(bytes);
}

}  // namespace

struct EntraCertificate::Key {
  openssl::KeyHandle handle;
};

Expected<EntraCertificate> EntraCertificate::Read(std::string_view pem) {
  const openssl::BioHandle text = openssl::ReadFrom(pem);
  const openssl::CertificateHandle certificate(
      PEM_read_bio_X509(text.get(), nullptr, &openssl::NoPassword, nullptr));
  if (!certificate) return Fail("the content is no PEM certificate");
  auto key = std::make_shared<Key>(Key{openssl::KeyHandle(X509_get_pubkey(certificate.get()))});
  if (!key->handle || EVP_PKEY_get_base_id(key->handle.get()) != EVP_PKEY_RSA) {
    return Fail("the certificate's key is not an RSA key; Entra takes no other");
  }
  EntraCertificate read;
  read.key_ = std::move(key);
  read.sha1_ = DigestOf(certificate.get(), EVP_sha1());
  read.sha256_ = DigestOf(certificate.get(), EVP_sha256());
  return read;
}

bool EntraCertificate::Verify(std::string_view bytes, std::string_view signature, bool pss) const {
  const VerifyContext context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* padding = nullptr;  // the context owns it
  if (!context || EVP_DigestVerifyInit(context.get(), &padding, EVP_sha256(), nullptr,
                                       key_->handle.get()) != 1) {
    return false;
  }
  if (pss && (EVP_PKEY_CTX_set_rsa_padding(padding, RSA_PKCS1_PSS_PADDING) != 1 ||
              EVP_PKEY_CTX_set_rsa_pss_saltlen(padding, RSA_PSS_SALTLEN_DIGEST) != 1)) {
    return false;
  }
  return EVP_DigestVerify(context.get(), UnsignedBytes(signature), signature.size(),
                          UnsignedBytes(bytes), bytes.size()) == 1;
}

void EntraCertificates::Register(std::string_view client, EntraCertificate certificate) {
  const std::lock_guard lock(mutex_);
  std::vector<EntraCertificate>& of_client = by_client_[std::string(client)];
  std::erase_if(of_client, [&](const EntraCertificate& known) {
    return known.sha256() == certificate.sha256();
  });
  if (of_client.size() >= kMostCertificates) of_client.erase(of_client.begin());
  of_client.push_back(std::move(certificate));
}

std::vector<EntraCertificate> EntraCertificates::Of(std::string_view client) const {
  const std::lock_guard lock(mutex_);
  const auto found = by_client_.find(client);
  return found == by_client_.end() ? std::vector<EntraCertificate>() : found->second;
}

PublicNumbers PublicNumbersOf(std::string_view pem) {
  const openssl::BioHandle text = openssl::ReadFrom(pem);
  const openssl::KeyHandle key(
      PEM_read_bio_PrivateKey(text.get(), nullptr, &openssl::NoPassword, nullptr));
  if (!key) return {};
  return {NumberOf(key.get(), OSSL_PKEY_PARAM_RSA_N), NumberOf(key.get(), OSSL_PKEY_PARAM_RSA_E)};
}

}  // namespace conform
