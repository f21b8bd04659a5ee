// Whom secure connections to one host trust and as whom they sign in.
#pragma once

#include <memory>
#include <string>

#include "base/error.h"
#include "exchange/connection_settings.h"

struct ssl_ctx_st;

namespace conform {

/// TLS 1.2 and later, the chain and its dates always checked, keys and signatures of 112 bits of
/// security at least. Safe to use from several threads.
class TlsContext {
 public:
  /// Reads the files that concern `host`. Errors name the file and what is wrong with it, or the
  /// variable that should hold its password, and never hold the password.
  static Expected<std::shared_ptr<const TlsContext>> Load(const std::string& host,
                                                          const TlsSettings& settings,
                                                          const VariableLookup& variables);

  /// Of OpenSSL; owned here.
  ssl_ctx_st* get() const { return context_.get(); }
  /// The server is shown a client certificate if it asks.
  bool signs_in() const { return signs_in_; }
  /// For messages: `the CA file ca.pem`, `this machine's store`.
  const std::string& trusted() const { return trusted_; }

 private:
  TlsContext() = default;

  std::shared_ptr<ssl_ctx_st> context_;
  bool signs_in_ = false;
  std::string trusted_;
};

}  // namespace conform
