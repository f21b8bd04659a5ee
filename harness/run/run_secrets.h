// Tells the redactor what is secret in this process: its variables, its profile, what it exchanges.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "auth/environment_tokens.h"
#include "base/redactor.h"
#include "exchange/exchange.h"
#include "profile/profile.h"

namespace conform {

/// Tokens of CONFORM_TOKEN_<IDENTITY>, the addresses of webhooks, the sign-ins that stand in the
/// addresses of proxies.
void LearnEnvironment(const Environment& environment, Redactor& redactor);

/// What carries a secret by its name in addresses on the command line.
void LearnArguments(const std::vector<std::string>& arguments, Redactor& redactor);

/// What the variables hold that the profile names: tokens, and of its proxy and its client
/// certificates.
void LearnProfile(const Profile& profile, const Environment& environment, Redactor& redactor);

/// An address that is a secret itself: the whole, and its path.
void LearnAddress(std::string_view address, Redactor& redactor);

/// Fields, parameters and members that carry secrets by their names. Of a `tenant` also what names
/// its people.
void LearnAttempt(const Attempt& attempt, bool tenant, Redactor& redactor);

}  // namespace conform
