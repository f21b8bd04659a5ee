// Microsoft Entra's v2.0 endpoints on loopback, beside the mock of Graph and for its tests.
#pragma once

#include <string_view>
#include <vector>

#include "base/clock.h"
#include "contract/contract.h"
#include "mock/answer.h"
#include "mock/entra_sign_in.h"
#include "mock/mock_request.h"

namespace conform {

/// Control requests below it switch what EntraSwitches holds; AnswerEntraControl tells which.
inline constexpr std::string_view kEntraControlPrefix = "/.conform/entra/";

/// `/{tenant}/oauth2/v2.0/devicecode`, `/token`, `/{tenant}/v2.0/.well-known/openid-configuration`,
/// `/{tenant}/discovery/v2.0/keys`, `/common/discovery/instance`, and the page where a person
/// enters a device code. Safe to use from several threads.
class EntraService {
 public:
  /// Contracts are read now; the clock must outlive it. `scheme` is how clients reach it.
  EntraService(const std::vector<const Contract*>& contracts, const Clock& clock,
               std::string_view scheme)
      : clock_(clock), scheme_(scheme), sign_in_(contracts) {}

  /// Whether the path is one of Entra's, or of its control requests.
  static bool Owns(std::string_view path);

  Answer Serve(const MockRequest& request);

 private:
  Answer ServeAt(std::string_view endpoint, const MockRequest& request, const EntraRequest& entra);
  Answer ServeForm(bool is_token_request, const EntraRequest& entra);

  const Clock& clock_;
  std::string_view scheme_;
  EntraSignIn sign_in_;
};

}  // namespace conform
