// Finds the endpoints of whoever issues tokens.
#pragma once

#include <mutex>
#include <optional>
#include <string>

#include "auth/sign_in_client.h"
#include "auth/sign_in_settings.h"

namespace conform {

struct SignInEndpoints {
  std::string token;           ///< address: also the audience of assertions.
  std::string device;          ///< address; empty: the server has no device flow.
  bool secret_in_form = true;  ///< else a client's secret goes into Authorization alone.
};

/// `https://login.microsoftonline.com/contoso`, or the issuer: what sign-ins are kept under.
/// Nothing: the variable of the tenant is not set.
std::optional<std::string> NameOfAuthority(const AuthoritySource& source,
                                           const Environment& environment);

/// Safe to use from several threads.
class Authority {
 public:
  /// `sign_in` outlives it.
  Authority(AuthoritySource source, SignInClient& sign_in)
      : source_(std::move(source)), sign_in_(sign_in) {}

  /// Microsoft Entra's are known; those of an issuer are asked for once (OpenID Connect Discovery
  /// 1.0 §4, else RFC 8414 §3) and must name that issuer. Nothing: the variable of the tenant is
  /// not set. Errors: no answer, or one that names no endpoints.
  Expected<std::optional<SignInEndpoints>> Find();
  std::optional<std::string> Name() const {
    return NameOfAuthority(source_, sign_in_.tools().environment);
  }
  bool is_entra() const { return source_.issuer.empty(); }

 private:
  Expected<SignInEndpoints> Discover();

  AuthoritySource source_;
  SignInClient& sign_in_;
  std::mutex mutex_;
  std::optional<SignInEndpoints> discovered_;
};

}  // namespace conform
