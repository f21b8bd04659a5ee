#include "testing/tls_server.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <array>
#include <cstdlib>
#include <mutex>

#include "base/openssl_handle.h"
#include "testing/loopback_listener.h"

namespace conform {
namespace {

using SslHandle = openssl::Handle<SSL, SSL_free>;
using ContextHandle = openssl::Handle<SSL_CTX, SSL_CTX_free>;

void Require(bool done) {
  if (!done) std::abort();
}

int ChooseHttp11(SSL*, const unsigned char** chosen, unsigned char* size, const unsigned char* list,
                 unsigned int list_size, void*) {
  static constexpr std::array<unsigned char, 9> kOwn = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  unsigned char* selected = nullptr;
  const int told =
      SSL_select_next_proto(&selected, size, kOwn.data(), kOwn.size(), list, list_size);
  *chosen = selected;
  return told == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

openssl::CertificateHandle ReadCertificate(const std::string& pem) {
  const auto text = openssl::ReadFrom(pem);
  return openssl::CertificateHandle(PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr));
}

ContextHandle MakeContext(const TlsServerOptions& options) {
  ContextHandle context(SSL_CTX_new(TLS_server_method()));
  // Weak certificates and old protocols are for the client to refuse.
  SSL_CTX_set_security_level(context.get(), 0);
  Require(SSL_CTX_set_cipher_list(context.get(), "ALL:@SECLEVEL=0") == 1);
  Require(SSL_CTX_set_min_proto_version(context.get(), TLS1_VERSION) == 1);
  if (options.old) Require(SSL_CTX_set_max_proto_version(context.get(), TLS1_1_VERSION) == 1);
  if (options.only_1_2) Require(SSL_CTX_set_max_proto_version(context.get(), TLS1_2_VERSION) == 1);
  const auto certificate = ReadCertificate(options.credential.certificate);
  const auto key_text = openssl::ReadFrom(options.credential.key);
  const openssl::KeyHandle key(
      PEM_read_bio_PrivateKey(key_text.get(), nullptr, &openssl::NoPassword, nullptr));
  Require(SSL_CTX_use_cert_and_key(context.get(), certificate.get(), key.get(), nullptr, 1) == 1);
  SSL_CTX_set_alpn_select_cb(context.get(), &ChooseHttp11, nullptr);
  if (!options.client_ca.empty()) {
    const auto trusted = ReadCertificate(options.client_ca);
    Require(X509_STORE_add_cert(SSL_CTX_get_cert_store(context.get()), trusted.get()) == 1);
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  }
  return context;
}

std::string DescribeHandshake(const SSL* ssl) {
  const openssl::CertificateHandle certificate(SSL_get1_peer_certificate(ssl));
  std::string told = "none";
  if (certificate) {
    const auto text = openssl::NewMemory();
    X509_NAME_print_ex(text.get(), X509_get_subject_name(certificate.get()), 0, XN_FLAG_RFC2253);
    told = openssl::WrittenTo(text.get());
  }
  const char* const name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
  const unsigned char* protocol = nullptr;
  unsigned int size = 0;
  SSL_get0_alpn_selected(ssl, &protocol, &size);
  return told + " " + (name == nullptr ? "-" : name) + " " +
         std::string(reinterpret_cast<const char*>(protocol), size);
}

/// Reads until the peer closes: closing over unread bytes would reset the connection.
void Drain(int socket) {
  ::shutdown(socket, SHUT_WR);
  std::array<char, 4096> unread;
  while (::recv(socket, unread.data(), unread.size(), 0) > 0) {
  }
}

}  // namespace

struct TlsServer::Parts {
  explicit Parts(TlsServerOptions given)
      : options(std::move(given)),
        context(MakeContext(options)),
        listener([this](int socket) { Serve(socket); }) {}

  void Serve(int socket) {
    const SslHandle ssl(SSL_new(context.get()));
    SSL_set_fd(ssl.get(), socket);
    if (SSL_accept(ssl.get()) == 1) {
      {
        const std::lock_guard lock(mutex);
        handshakes.push_back(DescribeHandshake(ssl.get()));
      }
      while (AnswerOne(ssl.get()) && options.end == TlsServerOptions::End::kKeepAlive) {
      }
      if (options.end == TlsServerOptions::End::kNotify) SSL_shutdown(ssl.get());
    }
    ERR_clear_error();
    Drain(socket);
  }

  bool AnswerOne(SSL* ssl) {
    const Bounds bounds;
    RequestReader reader(bounds);
    std::array<char, 16384> bytes;
    for (;;) {
      const int count = SSL_read(ssl, bytes.data(), static_cast<int>(bytes.size()));
      if (count <= 0) return false;
      std::string_view came(bytes.data(), static_cast<std::size_t>(count));
      if (reader.Feed(came) == RequestReader::State::kComplete) break;
    }
    const std::lock_guard lock(mutex);
    requests.push_back(reader.received());
    return SSL_write(ssl, options.answer.data(), static_cast<int>(options.answer.size())) > 0;
  }

  const TlsServerOptions options;
  const ContextHandle context;
  mutable std::mutex mutex;
  std::vector<ReceivedRequest> requests;
  std::vector<std::string> handshakes;
  LoopbackListener listener;  // last: its threads end first
};

TlsServer::TlsServer(TlsServerOptions options)
    : parts_(std::make_unique<Parts>(std::move(options))) {}
TlsServer::~TlsServer() = default;

std::uint16_t TlsServer::port() const { return parts_->listener.port(); }
Origin TlsServer::origin(const std::string& host) const { return {"https", host, port()}; }

std::vector<ReceivedRequest> TlsServer::requests() const {
  const std::lock_guard lock(parts_->mutex);
  return parts_->requests;
}

std::vector<std::string> TlsServer::handshakes() const {
  const std::lock_guard lock(parts_->mutex);
  return parts_->handshakes;
}

}  // namespace conform
