#include "exchange/tls_trouble.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace conform {
namespace {

struct Cause {
  int code;
  std::string_view text;  ///< `{subject}` and the other parts of RefusedCertificate, `{host}`.
  std::string_view advice;
};

constexpr std::string_view kNameCa =
    "check the address; if this server is meant, name its authority's certificate as the CA file";
constexpr std::string_view kWeak = "let the server have a certificate of today's strength";
constexpr std::string_view kClientCertificate =
    "name a client certificate for this host in the profile, or check the one that is named";
constexpr std::string_view kOld =
    "let the server speak TLS 1.2 or 1.3: nothing older is spoken here";
constexpr std::string_view kNoTls =
    "check the port, and whether a proxy or plain http answers there";

constexpr std::array<Cause, 15> kCertificateCauses = {{
    {X509_V_ERR_CERT_HAS_EXPIRED, "the certificate of {subject} expired on {not_after}",
     "renew it on the server, and check this machine's clock"},
    {X509_V_ERR_CERT_NOT_YET_VALID, "the certificate of {subject} is valid only from {not_before}",
     "check this machine's clock and the server's certificate"},
    {X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT,
     "the server's certificate ({subject}) is signed by itself, and {trusted} does not hold it",
     kNameCa},
    {X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN,
     "the authority {issuer} of the server's certificate is not in {trusted}", kNameCa},
    {X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT,
     "the authority {issuer} of the server's certificate is not in {trusted}", kNameCa},
    {X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
     "the authority {issuer} of the server's certificate is not in {trusted}", kNameCa},
    {X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE,
     "the authority {issuer} of the server's certificate is not in {trusted}", kNameCa},
    {X509_V_ERR_CERT_SIGNATURE_FAILURE, "the signature on the certificate of {subject} is wrong",
     kNameCa},
    {X509_V_ERR_HOSTNAME_MISMATCH, "the server's certificate is for {hosts}, not for {host}",
     "check the host of the target, and what the server's certificate is for"},
    {X509_V_ERR_IP_ADDRESS_MISMATCH, "the server's certificate is for {hosts}, not for {host}",
     "check the host of the target, and what the server's certificate is for"},
    {X509_V_ERR_EE_KEY_TOO_SMALL, "the key of the server's certificate ({subject}) is too weak",
     kWeak},
    {X509_V_ERR_CA_KEY_TOO_SMALL, "the key of the authority {subject} is too weak", kWeak},
    {X509_V_ERR_CA_MD_TOO_WEAK, "the signature on the certificate of {subject} is too weak", kWeak},
    {X509_V_ERR_INVALID_PURPOSE, "the certificate of {subject} is not made for servers",
     "let the server have a certificate for servers"},
    {X509_V_ERR_INVALID_CA, "{subject} signed a certificate and is no authority", kNameCa},
}};

constexpr std::array<Cause, 20> kHandshakeCauses = {{
    {SSL_R_WRONG_VERSION_NUMBER, "what answers there does not speak TLS", kNoTls},
    {SSL_R_PACKET_LENGTH_TOO_LONG, "what answers there does not speak TLS", kNoTls},
    {SSL_R_HTTP_REQUEST, "what answers there does not speak TLS", kNoTls},
    {SSL_R_BAD_PACKET_LENGTH, "what answers there does not speak TLS", kNoTls},
    {SSL_R_UNSUPPORTED_PROTOCOL, "the server speaks only a version of TLS before 1.2", kOld},
    {SSL_R_VERSION_TOO_LOW, "the server speaks only a version of TLS before 1.2", kOld},
    {SSL_R_TLSV1_ALERT_PROTOCOL_VERSION, "the server speaks no version of TLS that is spoken here",
     kOld},
    {SSL_R_TLSV1_ALERT_INSUFFICIENT_SECURITY, "the server asks for stronger encryption", kOld},
    {SSL_R_NO_PROTOCOLS_AVAILABLE, "this machine's OpenSSL is set to speak no TLS 1.2 or later",
     "check openssl.cnf"},
    {SSL_R_DH_KEY_TOO_SMALL, "the server's key exchange is too weak", kOld},
    {SSL_R_WRONG_SIGNATURE_TYPE, "the server signs the handshake too weakly", kOld},
    {SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED, "the server demands a client certificate",
     kClientCertificate},
    {SSL_R_TLSV1_ALERT_UNKNOWN_CA,
     "the server does not trust the authority of the client certificate", kClientCertificate},
    {SSL_R_SSLV3_ALERT_BAD_CERTIFICATE, "the server refuses the client certificate",
     kClientCertificate},
    {SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN, "the server refuses the client certificate",
     kClientCertificate},
    {SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED, "the server says that the client certificate expired",
     kClientCertificate},
    {SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED,
     "the server says that the client certificate is revoked", kClientCertificate},
    {SSL_R_TLSV1_ALERT_ACCESS_DENIED, "the server denies access to the client certificate",
     kClientCertificate},
    {SSL_R_TLSV1_UNRECOGNIZED_NAME, "the server does not know the name {host}",
     "check the host of the target"},
    {SSL_R_TLSV1_ALERT_NO_APPLICATION_PROTOCOL, "the server does not speak HTTP/1.1",
     "check that the target speaks HTTP/1.1 at this address"},
}};

/// With it OpenSSL numbers the alerts that came from the peer.
constexpr int kAlerts = SSL_AD_REASON_OFFSET;

template <std::size_t kSize>
const Cause* FindCause(const std::array<Cause, kSize>& causes, int code) {
  const auto found = std::find_if(causes.begin(), causes.end(),
                                  [code](const Cause& one) { return one.code == code; });
  return found == causes.end() ? nullptr : &*found;
}

/// What no table names.
Cause OtherCause(unsigned long error, const TlsState& state) {
  constexpr std::string_view kLogs = "check the server's log, and proxies on the way";
  if (state.refused.error != 0) {
    return {0, X509_verify_cert_error_string(state.refused.error), kNameCa};
  }
  const int reason = ERR_GET_REASON(error);
  const bool broke_off = error == 0 || reason == SSL_R_UNEXPECTED_EOF_WHILE_READING;
  const bool failed = reason == SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE;
  if (state.asked && !state.signed_in && (broke_off || failed)) {
    return {0, "the server demands a client certificate", kClientCertificate};
  }
  if (state.asked && broke_off) {
    return {0, "the server broke off after it was shown the client certificate",
            kClientCertificate};
  }
  if (broke_off) return {0, "the server broke off during the TLS handshake", kLogs};
  if (failed) return {0, "the server accepts nothing of what TLS here offers", kOld};
  const char* text = reason >= kAlerts ? SSL_alert_desc_string_long(reason - kAlerts)
                                       : ERR_reason_error_string(error);
  return {0, text == nullptr ? "TLS failed" : text, kLogs};
}

}  // namespace

Trouble TellTlsTrouble(unsigned long error, const TlsState& state, const Origin& origin) {
  const RefusedCertificate& refused = state.refused;
  const Cause* known = refused.error != 0 ? FindCause(kCertificateCauses, refused.error)
                                          : FindCause(kHandshakeCauses, ERR_GET_REASON(error));
  const Cause cause = known != nullptr ? *known : OtherCause(error, state);
  // Only our own texts have places to fill in; OpenSSL's stand as they are.
  const std::string text =
      known == nullptr
          ? std::string(cause.text)
          : fmt::format(fmt::runtime(cause.text), fmt::arg("subject", refused.subject),
                        fmt::arg("issuer", refused.issuer), fmt::arg("hosts", refused.hosts),
                        fmt::arg("not_before", refused.not_before),
                        fmt::arg("not_after", refused.not_after), fmt::arg("host", origin.host),
                        fmt::arg("trusted", state.trusted));
  return {TroubleKind::kTls,
          fmt::format(fmt::runtime(state.answered ? "the secure connection to {} broke: {}"
                                                  : "no secure connection to {}: {}"),
                      FormatOrigin(origin), text),
          std::string(cause.advice)};
}

}  // namespace conform
