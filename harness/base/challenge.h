// The challenges of a WWW-Authenticate or Proxy-Authenticate field (RFC 9110 §11.6.1).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"

namespace conform {

/// The scheme of each challenge in the fields of that name, in order, as it is spelt. Commas stand
/// between challenges and between a challenge's parameters alike; a line is taken by itself, so
/// that a quote which is left open hides nothing of the next. What is no challenge is passed over,
/// what stands behind a scheme is not looked at; a tab is taken for a space.
std::vector<std::string> ChallengeSchemes(const Fields& fields, std::string_view name);

}  // namespace conform
