// Loads the certificate and key that a client signs in with.
#pragma once

#include <memory>

#include "base/error.h"
#include "base/openssl_handle.h"
#include "exchange/connection_settings.h"

struct ssl_ctx_st;

namespace conform {

struct FreeChain {
  void operator()(STACK_OF(X509) * chain) const { sk_X509_pop_free(chain, X509_free); }
};

struct LoadedCredential {
  openssl::CertificateHandle certificate;
  openssl::KeyHandle key;
  std::unique_ptr<STACK_OF(X509), FreeChain> chain;
};

/// PEM or PKCS#12, told apart by content; `from.host` is not looked at. Errors name the file and
/// what is wrong with it, or the variable that should hold the password.
Expected<LoadedCredential> LoadCredential(const ClientCertificate& from,
                                          const VariableLookup& variables);

/// Has the connections of `context` show it. Errors: also one that is too weak.
Expected<void> UseCredential(ssl_ctx_st* context, const ClientCertificate& from,
                             const VariableLookup& variables);

}  // namespace conform
