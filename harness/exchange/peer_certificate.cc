#include "exchange/peer_certificate.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <array>
#include <ctime>

#include "base/date.h"
#include "base/digest.h"
#include "base/openssl_handle.h"
#include "base/utf8.h"

namespace conform {
namespace {

struct NamesFree {
  void operator()(GENERAL_NAMES* names) const { GENERAL_NAMES_free(names); }
};

std::string_view TextOf(const ASN1_STRING* text) {
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
          static_cast<std::size_t>(ASN1_STRING_length(text))};
}

std::string NameText(const X509_NAME* name) {
  const openssl::BioHandle text = openssl::NewMemory();
  if (!text || X509_NAME_print_ex(text.get(), name, 0, XN_FLAG_RFC2253) < 0) return "";
  return std::string(openssl::WrittenTo(text.get()));
}

std::string DateText(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return "";
  return FormatDate(std::chrono::floor<std::chrono::days>(
      std::chrono::system_clock::from_time_t(timegm(&parts))));
}

std::string HostText(const GENERAL_NAME& name) {
  if (name.type == GEN_DNS) return ShowLine(TextOf(name.d.dNSName));
  if (name.type != GEN_IPADD) return "";
  const std::string_view bytes = TextOf(name.d.iPAddress);
  std::array<char, INET6_ADDRSTRLEN> text{};
  const int family = bytes.size() == 4 ? AF_INET : AF_INET6;
  if (bytes.size() != 4 && bytes.size() != 16) return "";
  return inet_ntop(family, bytes.data(), text.data(), text.size()) == nullptr ? "" : text.data();
}

std::string HostsOf(const X509* certificate) {
  constexpr int kMost = 5;
  const std::unique_ptr<GENERAL_NAMES, NamesFree> names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  std::string hosts;
  const int count = names ? sk_GENERAL_NAME_num(names.get()) : 0;
  for (int i = 0; i < std::min(count, kMost); ++i) {
    const std::string host = HostText(*sk_GENERAL_NAME_value(names.get(), i));
    if (!host.empty()) hosts += (hosts.empty() ? "" : ", ") + host;
  }
  if (count > kMost) hosts += ", …";
  return hosts.empty() ? "nobody" : hosts;
}

std::string DigestOf(X509* certificate) {
  unsigned char* encoded = nullptr;
  const int size = i2d_X509(certificate, &encoded);
  if (size <= 0) return "";
  std::string digest =
      Sha256Hex({reinterpret_cast<const char*>(encoded), static_cast<std::size_t>(size)});
  OPENSSL_free(encoded);
  return digest;
}

}  // namespace

RefusedCertificate DescribeRefused(x509_st* certificate, int error) {
  RefusedCertificate refused;
  refused.error = error;
  if (certificate == nullptr) return refused;
  refused.subject = NameText(X509_get_subject_name(certificate));
  refused.issuer = NameText(X509_get_issuer_name(certificate));
  refused.not_before = DateText(X509_get0_notBefore(certificate));
  refused.not_after = DateText(X509_get0_notAfter(certificate));
  refused.hosts = HostsOf(certificate);
  return refused;
}

TlsFacts DescribeConnection(const ssl_st* connection) {
  TlsFacts facts;
  facts.version = SSL_get_version(connection);
  facts.cipher = SSL_get_cipher_name(connection);
  const openssl::CertificateHandle certificate(SSL_get1_peer_certificate(connection));
  if (!certificate) return facts;
  facts.certificate_sha256 = DigestOf(certificate.get());
  facts.issuer = NameText(X509_get_issuer_name(certificate.get()));
  facts.subject = NameText(X509_get_subject_name(certificate.get()));
  facts.not_after = DateText(X509_get0_notAfter(certificate.get()));
  return facts;
}

}  // namespace conform
