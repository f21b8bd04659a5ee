#include "bundle/time_stamp_form.h"

#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/pkcs7.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>

#include "bundle/ecdsa_form.h"
#include "bundle/openssl_handle.h"

namespace conform {
namespace {

constexpr int kMostCertificates = 10;

// OpenSSL's own are macros.
void FreeAll(STACK_OF(X509) * certificates) { sk_X509_pop_free(certificates, X509_free); }
void FreeList(STACK_OF(X509) * certificates) { sk_X509_free(certificates); }

using Certificates = Handle<STACK_OF(X509), FreeAll>;

bool GrantAlone(TS_RESP* answer) {
  const Handle<TS_STATUS_INFO, TS_STATUS_INFO_free> granted(TS_STATUS_INFO_new());
  return granted && TS_STATUS_INFO_set_status(granted.get(), TS_STATUS_GRANTED) == 1 &&
         TS_RESP_set_status_info(answer, granted.get()) == 1;
}

/// Who signed it, where it is no root; null: nobody here.
X509* FindIssuer(const STACK_OF(X509) * all, X509* certificate) {
  for (int i = 0; i < sk_X509_num(all); ++i) {
    X509* candidate = sk_X509_value(all, i);
    if (X509_check_issued(candidate, certificate) == X509_V_OK &&
        X509_self_signed(candidate, 0) == 0 &&
        X509_verify(certificate, X509_get0_pubkey(candidate)) == 1) {
      return candidate;
    }
  }
  return nullptr;
}

bool KeepPath(PKCS7_SIGNED* token, X509* signer) {
  Certificates path(sk_X509_new_null());
  if (!path) return false;
  for (X509* next = signer; next != nullptr && sk_X509_num(path.get()) < kMostCertificates;
       next = X509_self_signed(next, 0) == 0 ? FindIssuer(token->cert, next) : nullptr) {
    X509_up_ref(next);
    sk_X509_push(path.get(), next);
  }
  FreeAll(token->cert);
  token->cert = path.release();
  return true;
}

/// By the digest and the key; OpenSSL does not look at what stands there.
bool NameAlgorithms(PKCS7_SIGNER_INFO* signer, EVP_PKEY* key) {
  const ASN1_OBJECT* digest = nullptr;
  X509_ALGOR_get0(&digest, nullptr, nullptr, signer->digest_alg);
  const int digest_nid = OBJ_obj2nid(digest);
  const bool is_rsa = EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA;
  int signature_nid = NID_rsaEncryption;
  if (digest_nid == NID_undef) return false;
  if (!is_rsa && OBJ_find_sigid_by_algs(&signature_nid, digest_nid, EVP_PKEY_EC) != 1) return false;
  return X509_ALGOR_set0(signer->digest_alg, OBJ_nid2obj(digest_nid), V_ASN1_NULL, nullptr) == 1 &&
         X509_ALGOR_set0(signer->digest_enc_alg, OBJ_nid2obj(signature_nid),
                         is_rsa ? V_ASN1_NULL : V_ASN1_UNDEF, nullptr) == 1;
}

bool LowerSignature(PKCS7_SIGNER_INFO* signer, const EVP_PKEY* key) {
  if (EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA) return true;
  const std::string low =
      WithLowS({reinterpret_cast<const char*>(ASN1_STRING_get0_data(signer->enc_digest)),
                static_cast<std::size_t>(ASN1_STRING_length(signer->enc_digest))},
               key);
  return !low.empty() &&
         ASN1_OCTET_STRING_set(signer->enc_digest, Bytes(low), static_cast<int>(low.size())) == 1;
}

bool TrimSigner(PKCS7_SIGNER_INFO* signer, X509* certificate) {
  EVP_PKEY* key = X509_get0_pubkey(certificate);
  if (key == nullptr) return false;
  sk_X509_ATTRIBUTE_pop_free(signer->unauth_attr, X509_ATTRIBUTE_free);
  signer->unauth_attr = nullptr;
  // Names are the same to OpenSSL however they are cased.
  return X509_NAME_set(&signer->issuer_and_serial->issuer, X509_get_issuer_name(certificate)) ==
             1 &&
         ASN1_INTEGER_set(signer->version, 1) == 1 && NameAlgorithms(signer, key) &&
         LowerSignature(signer, key);
}

bool ListDigest(PKCS7_SIGNED* token, const X509_ALGOR* digest) {
  STACK_OF(X509_ALGOR)* alone = sk_X509_ALGOR_new_null();
  if (alone == nullptr) return false;
  sk_X509_ALGOR_push(alone, X509_ALGOR_dup(digest));
  sk_X509_ALGOR_pop_free(token->md_algs, X509_ALGOR_free);
  token->md_algs = alone;
  return true;
}

bool Trim(TS_RESP* answer) {
  PKCS7* token = TS_RESP_get_token(answer);
  if (token == nullptr || !PKCS7_type_is_signed(token)) return false;
  X509* signer = SignerNamedBy(token);
  if (signer == nullptr || sk_PKCS7_SIGNER_INFO_num(PKCS7_get_signer_info(token)) != 1)
    return false;
  PKCS7_SIGNER_INFO* facts = sk_PKCS7_SIGNER_INFO_value(PKCS7_get_signer_info(token), 0);
  PKCS7_SIGNED* signed_part = token->d.sign;
  sk_X509_CRL_pop_free(signed_part->crl, X509_CRL_free);
  signed_part->crl = nullptr;
  // RFC 5652 §5.1: 3, where what is signed is no plain data.
  return GrantAlone(answer) && ASN1_INTEGER_set(signed_part->version, 3) == 1 &&
         TrimSigner(facts, signer) && ListDigest(signed_part, facts->digest_alg) &&
         KeepPath(signed_part, signer);
}

}  // namespace

X509* SignerNamedBy(PKCS7* token) {
  const Handle<STACK_OF(X509), FreeList> signers(PKCS7_get0_signers(token, nullptr, 0));
  return signers && sk_X509_num(signers.get()) == 1 ? sk_X509_value(signers.get(), 0) : nullptr;
}

std::string CanonicalTimeStamp(std::string_view answer) {
  const unsigned char* cursor = Bytes(answer);
  const Handle<TS_RESP, TS_RESP_free> read(
      d2i_TS_RESP(nullptr, &cursor, static_cast<long>(answer.size())));
  const bool trimmed = read && Trim(read.get());
  ERR_clear_error();
  return trimmed ? EncodeDer<i2d_TS_RESP>(read.get()) : "";
}

}  // namespace conform
