// A server's certificate in words.
#pragma once

#include <string>

#include "exchange/tls_facts.h"

struct ssl_st;
struct x509_st;

namespace conform {

/// A certificate of a server's chain that was refused, and why.
struct RefusedCertificate {
  int error = 0;        ///< X509_V_ERR_…; 0: none was refused.
  std::string subject;  ///< RFC 2253 names.
  std::string issuer;
  std::string not_before;  ///< YYYY-MM-DD.
  std::string not_after;
  std::string hosts;  ///< `localhost, 127.0.0.1`, the first five; `nobody` where it names none.
};

RefusedCertificate DescribeRefused(x509_st* certificate, int error);

/// After the handshake.
TlsFacts DescribeConnection(const ssl_st* connection);

}  // namespace conform
