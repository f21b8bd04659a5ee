// Client assertions (RFC 7523): signed with a registered certificate, or by a trusted issuer.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "mock/entra_certificates.h"
#include "mock/entra_directory.h"
#include "mock/entra_error.h"
#include "mock/entra_request.h"
#include "token/jwt.h"

namespace conform {

/// A federated credential. Its issuer's key is the test key.
struct EntraFederation {
  std::string_view client;  ///< the application that trusts it.
  std::string_view issuer;
  std::string_view subject;
};

inline constexpr std::string_view kFederationAudience = "api://AzureADTokenExchange";
inline constexpr std::array<EntraFederation, 3> kEntraFederations = {{
    {kEntraConfidentialClient, "https://token.actions.githubusercontent.com",
     "repo:conform.example/checks:ref:refs/heads/main"},
    {kEntraConfidentialClient, "https://vstoken.dev.azure.com/c0f0a001-0000-4000-8000-0000000000ad",
     "sc://conform/checks/graph"},
    {kEntraConfidentialClient, "https://gitlab.conform.example",
     "project_path:conform/checks:ref_type:branch:ref:main"},
}};

/// Clocks of caller and mock may differ by so much.
inline constexpr std::chrono::minutes kAssertionSkew{5};

/// Remembers each `jti` until its assertion is past. Entra itself takes an assertion as often as it
/// comes, and MSAL for Node counts on that, so one that comes twice is refused only where a test
/// asks for it. Safe to use from several threads.
class EntraAssertions {
 public:
  using Time = std::chrono::system_clock::time_point;

  /// Whether `assertion` shows that the request comes from the application. One whose `iss` is not
  /// the application itself is held against those of kEntraFederations that are the application's.
  tl::expected<void, EntraRefusal> Check(std::string_view assertion,
                                         const EntraApplication& application,
                                         const EntraRequest& request,
                                         const EntraCertificates& certificates);

  /// From now on each assertion is good once (RFC 7523 §3), or again as often as it comes.
  void DemandNew(bool once) { once_ = once; }

 private:
  tl::expected<void, EntraRefusal> CheckOwn(std::string_view assertion, const Jwt& jwt,
                                            const EntraApplication& application,
                                            const EntraRequest& request,
                                            const EntraCertificates& certificates);
  bool IsNew(const std::string& id, Time expires, Time now);

  std::atomic<bool> once_{false};
  std::mutex mutex_;
  std::map<std::string, Time, std::less<>> seen_;  // when each may be forgotten
};

}  // namespace conform
