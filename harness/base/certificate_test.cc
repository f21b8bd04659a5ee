#include "base/certificate.h"

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "base/openssl_handle.h"

namespace conform {
namespace {

using std::chrono::hours;

CertificateRequest RequestFor(const std::string& name, std::vector<std::string> hosts) {
  const auto now = std::chrono::system_clock::now();
  return {name, std::move(hosts), false, now - hours{1}, now + hours{1}};
}

Credential Authority() {
  CertificateRequest request = RequestFor("A test authority", {});
  request.authority = true;
  return IssueCertificate(request, nullptr).value();
}

openssl::CertificateHandle Read(const Credential& credential) {
  const auto text = openssl::ReadFrom(credential.certificate);
  return openssl::CertificateHandle(PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr));
}

/// What OpenSSL says of `leaf` where it trusts `authority` alone.
std::string Verify(const Credential& leaf, const Credential& authority) {
  const openssl::Handle<X509_STORE, X509_STORE_free> store(X509_STORE_new());
  const auto trusted = Read(authority);
  const auto certificate = Read(leaf);
  X509_STORE_add_cert(store.get(), trusted.get());
  const openssl::Handle<X509_STORE_CTX, X509_STORE_CTX_free> context(X509_STORE_CTX_new());
  X509_STORE_CTX_init(context.get(), store.get(), certificate.get(), nullptr);
  X509_verify_cert(context.get());
  return X509_verify_cert_error_string(X509_STORE_CTX_get_error(context.get()));
}

TEST(IssueCertificate, IsTrustedByWhomTrustsItsIssuer) {
  const Credential authority = Authority();
  const Credential leaf = IssueCertificate(RequestFor("leaf", {"localhost"}), &authority).value();
  EXPECT_EQ(Verify(leaf, authority), "ok");
  EXPECT_EQ(Verify(leaf, Authority()), "unable to get local issuer certificate");
}

TEST(IssueCertificate, IsForItsNamesAndAddressesAlone) {
  const Credential authority = Authority();
  const auto leaf = Read(
      IssueCertificate(RequestFor("leaf", {"localhost", "127.0.0.1", "::1"}), &authority).value());
  EXPECT_EQ(X509_check_host(leaf.get(), "localhost", 0, 0, nullptr), 1);
  EXPECT_EQ(X509_check_host(leaf.get(), "leaf", 0, 0, nullptr), 0);
  EXPECT_EQ(X509_check_ip_asc(leaf.get(), "127.0.0.1", 0), 1);
  EXPECT_EQ(X509_check_ip_asc(leaf.get(), "::1", 0), 1);
  EXPECT_EQ(X509_check_ip_asc(leaf.get(), "127.0.0.2", 0), 0);
}

TEST(IssueCertificate, HasTheKeyThatWasAskedFor) {
  const Credential authority = Authority();
  for (const auto& [kind, bits] : {std::pair{KeyKind::kEc256, 256}, {KeyKind::kRsa1024, 1024}}) {
    CertificateRequest request = RequestFor("leaf", {"localhost"});
    request.key = kind;
    const Credential leaf = IssueCertificate(request, &authority).value();
    const auto certificate = Read(leaf);
    EXPECT_EQ(EVP_PKEY_get_bits(X509_get0_pubkey(certificate.get())), bits);
    const auto text = openssl::ReadFrom(leaf.key);
    const openssl::KeyHandle key(
        PEM_read_bio_PrivateKey(text.get(), nullptr, &openssl::NoPassword, nullptr));
    EXPECT_EQ(X509_check_private_key(certificate.get(), key.get()), 1);
  }
}

TEST(IssueCertificate, RefusesAHostThatIsNoName) {
  for (const char* const host : {"", "a,DNS:b", "a b"}) {
    EXPECT_FALSE(IssueCertificate(RequestFor("leaf", {host}), nullptr).has_value()) << host;
  }
}

TEST(IssueCertificate, SaysThatAnIssuerCannotBeRead) {
  const Credential broken{"no certificate", "no key"};
  const auto leaf = IssueCertificate(RequestFor("leaf", {"localhost"}), &broken);
  ASSERT_FALSE(leaf.has_value());
  EXPECT_EQ(leaf.error().message, "the issuer's certificate or key could not be read");
}

}  // namespace
}  // namespace conform
