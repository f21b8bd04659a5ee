// What a token endpoint's refusal means and what to do about it.
#pragma once

#include <string>
#include <string_view>

#include "auth/sign_in_client.h"

namespace conform {

/// What to do about an error of Microsoft Entra, by its number, or where that is not known by its
/// OAuth name (RFC 6749 §5.2, RFC 8628 §3.5). Empty: nothing is known.
std::string_view AdviceFor(int aadsts, std::string_view error);

/// The number behind `AADSTS` in an answer's `error_description` or first in `error_codes`; 0:
/// none.
int AadstsOf(const nlohmann::json& body);

/// `text` without what tells accounts: words with an `@` in them.
std::string HideAccounts(std::string_view text);

/// `https://login… answered 401 invalid_client: AADSTS7000215: Invalid client secret provided;
/// what to do`, redacted, without the accounts, trace ids and times that Entra appends.
std::string DescribeRefusal(const SignInAnswer& answer, const Redactor& redactor);

}  // namespace conform
