#include "mock/mock_tls.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <climits>

#include "base/openssl_handle.h"

namespace conform {
namespace {

using openssl::CertificateHandle;

CertificateHandle ReadCertificate(BIO* pem) {
  return CertificateHandle(PEM_read_bio_X509(pem, nullptr, &openssl::NoPassword, nullptr));
}

tl::unexpected<Error> Complain(const char* what) {
  ERR_clear_error();
  return Fail(what);
}

Expected<void> Show(SSL_CTX* context, const Credential& credential) {
  const auto text = openssl::ReadFrom(credential.certificate);
  const CertificateHandle own = ReadCertificate(text.get());
  if (!own) return Complain("the mock's certificate is not PEM");
  const auto key_text = openssl::ReadFrom(credential.key);
  const openssl::KeyHandle key(
      PEM_read_bio_PrivateKey(key_text.get(), nullptr, &openssl::NoPassword, nullptr));
  if (!key) return Complain("the mock's key is not PEM, or is protected by a password");
  if (SSL_CTX_use_cert_and_key(context, own.get(), key.get(), nullptr, 1) != 1) {
    return Complain("the mock's certificate and key do not belong together, or are too weak");
  }
  while (CertificateHandle next = ReadCertificate(text.get())) {
    if (SSL_CTX_add1_chain_cert(context, next.get()) != 1) {
      return Complain("the mock's certificate has a chain that cannot be used");
    }
  }
  ERR_clear_error();
  return {};
}

Expected<void> Demand(SSL_CTX* context, const std::string& client_ca) {
  const auto text = openssl::ReadFrom(client_ca);
  int count = 0;
  while (const CertificateHandle trusted = ReadCertificate(text.get())) {
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context), trusted.get());
    SSL_CTX_add_client_CA(context, trusted.get());
    ++count;
  }
  if (count == 0) return Complain("the authority of client certificates is not PEM");
  ERR_clear_error();
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  return {};
}

int ChooseHttp11(SSL*, const unsigned char** chosen, unsigned char* size, const unsigned char* list,
                 unsigned int list_size, void*) {
  static constexpr unsigned char kOwn[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  unsigned char* selected = nullptr;
  const int told = SSL_select_next_proto(&selected, size, kOwn, sizeof kOwn, list, list_size);
  *chosen = selected;
  return told == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

}  // namespace

Expected<LoopbackCertificate> MakeLoopbackCertificate(std::chrono::system_clock::time_point now) {
  CertificateRequest request;
  // A client whose clock is a little slow shall not find it from the future.
  request.not_before = now - std::chrono::hours{1};
  request.not_after = now + std::chrono::hours{720};
  request.name = "conform mock, an authority for one start of it";
  request.authority = true;
  const auto authority = IssueCertificate(request, nullptr);
  if (!authority) return tl::unexpected(authority.error());
  request.name = "conform mock";
  request.hosts = {"localhost", "127.0.0.1", "::1"};
  request.authority = false;
  auto credential = IssueCertificate(request, &*authority);
  if (!credential) return tl::unexpected(credential.error());
  return LoopbackCertificate{authority->certificate, *std::move(credential)};
}

Expected<std::unique_ptr<MockTls>> MockTls::Load(const MockTlsOptions& options) {
  std::unique_ptr<MockTls> tls(new MockTls());
  tls->context_ = {SSL_CTX_new(TLS_server_method()), &SSL_CTX_free};
  SSL_CTX* const context = tls->context();
  if (context == nullptr || SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) != 1) {
    return Complain("the mock's secure connections cannot be set up: OpenSSL is broken");
  }
  SSL_CTX_set_alpn_select_cb(context, &ChooseHttp11, nullptr);
  // A client that only closes is not to be sent an alert, nor one that is left as the mock stops.
  SSL_CTX_set_options(context, SSL_OP_IGNORE_UNEXPECTED_EOF);
  // Sessions would have to name what they belong to where client certificates are demanded.
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(context, 0);
  if (const auto shown = Show(context, options.credential); !shown) {
    return tl::unexpected(shown.error());
  }
  if (options.client_ca.empty()) return tls;
  if (const auto demanded = Demand(context, options.client_ca); !demanded) {
    return tl::unexpected(demanded.error());
  }
  return tls;
}

SecureChannel::SecureChannel(const MockTls& tls, int socket)
    : ssl_(SSL_new(tls.context()), &SSL_free) {
  SSL_set_fd(ssl_.get(), socket);
}

bool SecureChannel::Accept() {
  ERR_clear_error();
  broken_ = SSL_accept(ssl_.get()) != 1;
  return !broken_;
}

long SecureChannel::Receive(char* into, std::size_t max) {
  ERR_clear_error();
  const int count =
      SSL_read(ssl_.get(), into, static_cast<int>(std::min<std::size_t>(max, INT_MAX)));
  if (count > 0) return count;
  const bool ended = SSL_get_error(ssl_.get(), count) == SSL_ERROR_ZERO_RETURN;
  broken_ = broken_ || !ended;
  return ended ? 0 : -1;
}

bool SecureChannel::Send(std::string_view bytes) {
  while (!bytes.empty()) {
    ERR_clear_error();
    const int sent = SSL_write(ssl_.get(), bytes.data(),
                               static_cast<int>(std::min<std::size_t>(bytes.size(), INT_MAX)));
    broken_ = sent <= 0;
    if (broken_) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void SecureChannel::End() {
  ERR_clear_error();
  if (!broken_) SSL_shutdown(ssl_.get());
}

}  // namespace conform
