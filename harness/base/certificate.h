// Makes certificates with keys of their own, for servers and clients on loopback.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/error.h"

namespace conform {

/// A certificate and its private key, both PEM. The key is secret.
struct Credential {
  std::string certificate;
  std::string key;
};

enum class KeyKind {
  kEc256,
  kRsa2048,
  kRsa1024,  ///< too weak for any careful peer, who is to be seen refusing it.
};

struct CertificateRequest {
  std::string name;                ///< the subject's common name.
  std::vector<std::string> hosts;  ///< host names and IP addresses that it is for.
  bool authority = false;          ///< may sign others.
  std::chrono::system_clock::time_point not_before;
  std::chrono::system_clock::time_point not_after;
  KeyKind key = KeyKind::kEc256;
  bool weakly_signed = false;  ///< with SHA-1, which any careful peer is to be seen refusing.
};

/// Signed by `issuer`, or by itself where that is null. Serves servers and clients
/// alike. Errors: a host that is no name, an issuer that cannot be read.
Expected<Credential> IssueCertificate(const CertificateRequest& request, const Credential* issuer);

}  // namespace conform
