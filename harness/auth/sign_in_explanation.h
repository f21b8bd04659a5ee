// What a sign-in asked and was answered, as `conform login --explain` shows it: no secrets.
#pragma once

#include <string>

#include "auth/sign_in_client.h"

namespace conform {

/// Of fields and members, only what is known to be harmless stands as it is; every other value is a
/// mask that tells its length. A body that is no JSON is not shown.
std::string ExplainRequest(const SignInRequest& request, const Redactor& redactor);
std::string ExplainAnswer(const SignInAnswer& answer, const Redactor& redactor);

/// `text` without what tells accounts: words with an `@` in them.
std::string HideAccounts(std::string_view text);

}  // namespace conform
