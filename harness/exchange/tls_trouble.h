// Why there is no secure connection, in plain words, and what to check.
#pragma once

#include <string>

#include "base/origin.h"
#include "exchange/exchange.h"
#include "exchange/peer_certificate.h"

namespace conform {

/// How far a handshake came.
struct TlsState {
  RefusedCertificate refused;  ///< its error is 0 where none was refused.
  bool asked = false;          ///< the server asked for a client certificate.
  bool signed_in = false;      ///< one was at hand to be shown.
  bool answered = false;       ///< bytes of the server's came through.
  std::string trusted;         ///< whose certificates are believed: `the CA file ca.pem`.
};

/// `error` is one of OpenSSL's error queue; 0: the server broke off without a word.
Trouble TellTlsTrouble(unsigned long error, const TlsState& state, const Origin& origin);

}  // namespace conform
