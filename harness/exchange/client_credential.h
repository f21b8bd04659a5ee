// Loads the certificate and key that a client signs in with.
#pragma once

#include "base/error.h"
#include "exchange/connection_settings.h"

struct ssl_ctx_st;

namespace conform {

/// PEM or PKCS#12, told apart by content. Errors name the file and what is wrong with it, or the
/// variable that should hold the password.
Expected<void> UseCredential(ssl_ctx_st* context, const ClientCertificate& from,
                             const VariableLookup& variables);

}  // namespace conform
