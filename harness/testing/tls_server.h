// A server over TLS that answers every request alike, by OpenSSL alone.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/certificate.h"
#include "base/origin.h"
#include "exchange/request_reader.h"

namespace conform {

struct TlsServerOptions {
  Credential credential;
  std::string client_ca = {};  ///< PEM: whose client certificates are demanded; empty: none is.
  bool old = false;            ///< speaks TLS 1.1 at most.
  bool only_1_2 = false;       ///< speaks TLS 1.2 and no later.
  std::string answer = "HTTP/1.1 204 No Content\r\n\r\n";

  enum class End {
    kKeepAlive,  ///< goes on until the client ends.
    kNotify,     ///< ends TLS after the first answer, and the connection.
    kCutOff,     ///< closes the connection alone.
  };
  End end = End::kKeepAlive;
};

class TlsServer {
 public:
  /// On a free port of 127.0.0.1.
  explicit TlsServer(TlsServerOptions options);
  ~TlsServer();
  TlsServer(const TlsServer&) = delete;
  TlsServer& operator=(const TlsServer&) = delete;

  std::uint16_t port() const;
  /// `host` is how the client is to call it.
  Origin origin(const std::string& host = "127.0.0.1") const;
  std::vector<ReceivedRequest> requests() const;
  /// Of each handshake that was done: the client certificate's subject, or `none`; then the name
  /// that it asked for by SNI and the protocol chosen by ALPN.
  std::vector<std::string> handshakes() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace conform
