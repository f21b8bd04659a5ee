// A token endpoint's answer to a grant (RFC 6749 §5.1).
#pragma once

#include <string>

#include "auth/issued_token.h"
#include "auth/sign_in_client.h"

namespace conform {

/// An access token, and what renews it.
struct Grant {
  IssuedToken access;
  std::string refresh_token;  ///< empty: none was issued.
};

/// The redactor is told its secrets. Errors: a refusal (DescribeRefusal), a token that is no bearer
/// token, or no token at all.
Expected<Grant> ReadGrant(const SignInAnswer& answer, const SignInTools& tools);
/// The same without the refresh token.
Expected<IssuedToken> ReadTokenAnswer(const SignInAnswer& answer, const SignInTools& tools);

/// Tells the redactor.
void KeepSecret(const SignInTools& tools, std::string_view secret, std::string_view kind);

/// The token in `text`, without the line end behind it. Errors, which do not quote it: it is empty,
/// or holds white space, a quotation mark or what is no printable ASCII. `where` begins the
/// message.
Expected<std::string> CheckToken(std::string text, std::string_view where);

}  // namespace conform
