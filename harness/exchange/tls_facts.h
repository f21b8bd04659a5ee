// What a secure connection turned out to be.
#pragma once

#include <string>

namespace conform {

/// Of the connection that an attempt went over. The server's certificate was checked: its chain,
/// its dates and the host's name.
struct TlsFacts {
  std::string version;             ///< `TLSv1.3`.
  std::string cipher;              ///< `TLS_AES_256_GCM_SHA384`.
  std::string certificate_sha256;  ///< of the server's certificate (DER), lower-case hex.
  std::string issuer;              ///< RFC 2253 names.
  std::string subject;
  std::string not_after;  ///< YYYY-MM-DD.
};

}  // namespace conform
