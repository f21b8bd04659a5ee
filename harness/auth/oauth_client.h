// An application with the endpoints that it signs in at: settings with their variables read.
#pragma once

#include <optional>
#include <string>

#include "auth/sign_in_client.h"
#include "auth/sign_in_settings.h"

namespace conform {

struct OAuthClient {
  std::string client_id;
  HttpAddress token_endpoint;
  std::string token_address;  ///< the same as text: the audience of an assertion.
  std::optional<HttpAddress> device_endpoint;
  std::string scope;  ///< separated by spaces.
  std::string resource;
};

/// Who signs in: a person, who may stay signed in, or the application by itself.
enum class Grant { kPerson, kApplication };

/// Nothing where a variable that holds the client id or the tenant is not set; `unset` is then its
/// name. Errors: the profile does not say where to sign in.
Expected<std::optional<OAuthClient>> ResolveClient(const ClientSettings& client,
                                                   const SignInSettings& settings, Grant grant,
                                                   std::string* unset = nullptr);

/// An environment variable's value; nothing where it is unset or empty.
std::optional<std::string> SetValue(const VariableLookup& variables, std::string_view name);

}  // namespace conform
