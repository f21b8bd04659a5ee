#include "testing/test_authority.h"

#include <cstdlib>

namespace conform {

using std::chrono::hours;

TestAuthority::TestAuthority(const std::string& name, KeyKind key) {
  CertificateRequest request = RequestFor(name, {});
  request.authority = true;
  request.key = key;
  auto made = IssueCertificate(request, nullptr);
  if (!made) std::abort();
  credential_ = *std::move(made);
}

CertificateRequest TestAuthority::RequestFor(const std::string& name,
                                             std::vector<std::string> hosts) {
  CertificateRequest request;
  const auto now = std::chrono::system_clock::now();
  request.name = name;
  request.hosts = std::move(hosts);
  request.not_before = now - hours{1};
  request.not_after = now + hours{1};
  return request;
}

Credential TestAuthority::Issue(const CertificateRequest& request) const {
  auto made = IssueCertificate(request, &credential_);
  if (!made) std::abort();
  return *std::move(made);
}

Credential TestAuthority::IssueForLoopback() const {
  return Issue(RequestFor("loopback", {"localhost", "127.0.0.1", "::1"}));
}

Credential TestAuthority::IssueForClient(const std::string& name) const {
  return Issue(RequestFor(name, {}));
}

}  // namespace conform
