// What was asked of a token endpoint and what it answered, as a person may read and pass on.
#pragma once

#include <string>

#include "auth/sign_in_client.h"
#include "base/redactor.h"

namespace conform {

/// Lines that begin with `> `. Only what is known to be no secret is shown as it stands; every
/// other value is masked, whatever its name.
std::string AccountOf(const SignInRequest& request, const Redactor& redactor);
/// The same, with `< `.
std::string AccountOf(const SignInAnswer& answer, const Redactor& redactor);

}  // namespace conform
