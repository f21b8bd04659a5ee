// The mock's end of secure connections, by OpenSSL.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "base/certificate.h"
#include "base/error.h"

struct ssl_ctx_st;
struct ssl_st;

namespace conform {

struct MockTlsOptions {
  Credential credential;       ///< shown to every client; the chain may follow the certificate.
  std::string client_ca = {};  ///< PEM: whose client certificates are demanded; empty: none is.
};

/// An authority made for one mock, and what it gave out for localhost, 127.0.0.1 and ::1.
struct LoopbackCertificate {
  std::string authority;  ///< PEM: what a client is to trust.
  Credential credential;
};

/// Valid for thirty days from `now`. The authority's own key is thrown away.
Expected<LoopbackCertificate> MakeLoopbackCertificate(std::chrono::system_clock::time_point now);

/// Safe to use from several threads.
class MockTls {
 public:
  /// TLS 1.2 and later. Errors: a certificate or key that cannot be read, or that do not belong
  /// together.
  static Expected<std::unique_ptr<MockTls>> Load(const MockTlsOptions& options);

  ssl_ctx_st* context() const { return context_.get(); }

 private:
  MockTls() = default;
  std::shared_ptr<ssl_ctx_st> context_;
};

/// One connection; the calling thread must have SIGPIPE blocked. Does not own the socket.
class SecureChannel {
 public:
  SecureChannel(const MockTls& tls, int socket);

  /// The handshake. False: there is no such connection, and the client was told why.
  bool Accept();
  /// As recv: 0 where the client ended, below 0 where the connection broke.
  long Receive(char* into, std::size_t max);
  bool Send(std::string_view bytes);
  /// Tells the client that nothing more comes (close_notify).
  void End();

 private:
  std::unique_ptr<ssl_st, void (*)(ssl_st*)> ssl_;
  bool broken_ = false;
};

}  // namespace conform
