#include "base/certificate.h"

#include <fmt/format.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <array>

#include "base/openssl_handle.h"

namespace conform {
namespace {

using openssl::CertificateHandle;
using openssl::Handle;
using openssl::KeyHandle;
using ExtensionHandle = Handle<X509_EXTENSION, X509_EXTENSION_free>;

KeyHandle MakeKey(KeyKind kind) {
  switch (kind) {
    case KeyKind::kEc256:
      return KeyHandle(EVP_EC_gen("P-256"));
    case KeyKind::kRsa2048:
      return KeyHandle(EVP_RSA_gen(2048));
    case KeyKind::kRsa1024:
      return KeyHandle(EVP_RSA_gen(1024));
  }
  return nullptr;
}

bool IsAddress(const std::string& host) {
  const Handle<ASN1_OCTET_STRING, ASN1_OCTET_STRING_free> address(a2i_IPADDRESS(host.c_str()));
  return address != nullptr;
}

bool AddExtension(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const ExtensionHandle extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
  return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool AddExtensions(X509* certificate, X509* issuer, const CertificateRequest& request) {
  std::string names;
  for (const std::string& host : request.hosts) {
    // A comma would begin the next name of OpenSSL's list.
    if (host.empty() || host.find_first_of(", ") != std::string::npos) return false;
    names += fmt::format("{}{}:{}", names.empty() ? "" : ",", IsAddress(host) ? "IP" : "DNS", host);
  }
  const bool ca = request.authority;
  return AddExtension(certificate, issuer, NID_basic_constraints,
                      ca ? "critical,CA:TRUE" : "critical,CA:FALSE") &&
         AddExtension(
             certificate, issuer, NID_key_usage,
             ca ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature,keyEncipherment") &&
         AddExtension(certificate, issuer, NID_subject_key_identifier, "hash") &&
         AddExtension(certificate, issuer, NID_authority_key_identifier, "keyid") &&
         (ca || AddExtension(certificate, issuer, NID_ext_key_usage, "serverAuth,clientAuth")) &&
         (names.empty() || AddExtension(certificate, issuer, NID_subject_alt_name, names));
}

bool SetSerialNumber(X509* certificate) {
  std::array<unsigned char, 8> random{};
  if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1) return false;
  std::uint64_t number = 1;
  for (const unsigned char byte : random) number = (number << 8) | byte;
  // The top bit would make it a byte longer than RFC 5280 §4.1.2.2 needs it.
  return ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), number >> 1) == 1;
}

bool SetTime(ASN1_TIME* field, std::chrono::system_clock::time_point time) {
  return ASN1_TIME_set(field, std::chrono::system_clock::to_time_t(time)) != nullptr;
}

/// Everything but the issuer and the signature.
bool Fill(X509* certificate, EVP_PKEY* key, const CertificateRequest& request) {
  constexpr long kVersion3 = 2;
  const auto* const name = reinterpret_cast<const unsigned char*>(request.name.c_str());
  return X509_set_version(certificate, kVersion3) == 1 && SetSerialNumber(certificate) &&
         SetTime(X509_getm_notBefore(certificate), request.not_before) &&
         SetTime(X509_getm_notAfter(certificate), request.not_after) &&
         X509_set_pubkey(certificate, key) == 1 &&
         X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8, name,
                                    -1, -1, 0) == 1;
}

Expected<Credential> ToPem(X509* certificate, EVP_PKEY* key) {
  const openssl::BioHandle certificate_text = openssl::NewMemory();
  const openssl::BioHandle key_text = openssl::NewMemory();
  if (!certificate_text || !key_text ||
      PEM_write_bio_X509(certificate_text.get(), certificate) != 1 ||
      PEM_write_bio_PrivateKey(key_text.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1) {
    return Fail("a certificate could not be written as PEM");
  }
  return Credential{std::string(openssl::WrittenTo(certificate_text.get())),
                    std::string(openssl::WrittenTo(key_text.get()))};
}

}  // namespace

Expected<Credential> IssueCertificate(const CertificateRequest& request, const Credential* issuer) {
  const KeyHandle key = MakeKey(request.key);
  const CertificateHandle certificate(X509_new());
  if (!key || !certificate || !Fill(certificate.get(), key.get(), request)) {
    return Fail(fmt::format("no certificate could be made for '{}'", request.name));
  }
  CertificateHandle signer;
  KeyHandle signing_key;
  if (issuer != nullptr) {
    const auto certificate_text = openssl::ReadFrom(issuer->certificate);
    const auto key_text = openssl::ReadFrom(issuer->key);
    signer.reset(PEM_read_bio_X509(certificate_text.get(), nullptr, &openssl::NoPassword, nullptr));
    signing_key.reset(
        PEM_read_bio_PrivateKey(key_text.get(), nullptr, &openssl::NoPassword, nullptr));
    if (!signer || !signing_key) return Fail("the issuer's certificate or key could not be read");
  }
  X509* const by = signer ? signer.get() : certificate.get();
  EVP_PKEY* const with = signing_key ? signing_key.get() : key.get();
  const EVP_MD* const digest = request.weakly_signed ? EVP_sha1() : EVP_sha256();
  if (X509_set_issuer_name(certificate.get(), X509_get_subject_name(by)) != 1 ||
      !AddExtensions(certificate.get(), by, request) ||
      X509_sign(certificate.get(), with, digest) == 0) {
    return Fail(fmt::format("no certificate could be made for '{}'", request.name));
  }
  return ToPem(certificate.get(), key.get());
}

}  // namespace conform
