// Whom a connection trusts, as whom it signs in, and through which proxy it goes.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

/// Only https origins are reached through a proxy: plain http is loopback's alone.
struct ProxySettings {
  /// `http://host:port`, in place of what the environment says. Empty: no proxy. Nothing: by
  /// https_proxy, HTTPS_PROXY, all_proxy, ALL_PROXY (the first that is set) and no_proxy, NO_PROXY.
  std::optional<std::string> address;
  std::string credentials_variable;   ///< names the variable that holds `user:password`.
  std::vector<std::string> no_proxy;  ///< with `address`: hosts that are reached without it.
};

/// The value of an environment variable, or nothing where it is not set.
using VariableLookup = std::function<std::optional<std::string>(std::string_view name)>;

struct ConnectionSettings {
  TlsSettings tls;
  ProxySettings proxy;
  VariableLookup variables;  ///< empty: none is set.
};

}  // namespace conform
