// Whom a connection trusts, as whom it signs in, and through which proxy it goes.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/proxy.h"

namespace conform {

/// Shown to the one host that it is for, where that asks for it.
struct ClientCertificate {
  std::string host;                ///< as in the target, lower case, without a port.
  std::filesystem::path file;      ///< PEM (the chain behind it), or PKCS#12.
  std::filesystem::path key_file;  ///< PEM; empty: the key stands in `file`.
  std::string password_variable;   ///< names the environment variable; empty: no password.
};

/// TLS 1.2 and later alone; chain, dates and host name are always checked.
struct TlsSettings {
  std::filesystem::path ca_file;  ///< PEM, in place of the system's store; empty: that store.
  std::vector<ClientCertificate> client_certificates;
};

struct ConnectionSettings {
  TlsSettings tls;
  ProxySettings proxy;
  VariableLookup variables;  ///< empty: none is set.
};

}  // namespace conform
