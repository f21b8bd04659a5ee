// A certificate authority of a test's own, and the certificates it gives out.
#pragma once

#include <string>
#include <vector>

#include "base/certificate.h"

namespace conform {

/// Made anew with each object.
class TestAuthority {
 public:
  explicit TestAuthority(const std::string& name = "Test authority", KeyKind key = KeyKind::kEc256);

  const Credential& credential() const { return credential_; }

  /// Valid from an hour ago until in an hour.
  static CertificateRequest RequestFor(const std::string& name, std::vector<std::string> hosts);
  Credential Issue(const CertificateRequest& request) const;
  /// For localhost, 127.0.0.1 and ::1.
  Credential IssueForLoopback() const;
  Credential IssueForClient(const std::string& name) const;

 private:
  Credential credential_;
};

}  // namespace conform
