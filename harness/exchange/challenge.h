// The challenges of a WWW-Authenticate or Proxy-Authenticate field (RFC 9110 §11.6.1).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace conform {

/// The scheme of each challenge, in order, as it is spelt. `value` is the field's, several lines of
/// it joined by commas, which stand between challenges and between a challenge's parameters alike.
/// What is no challenge is passed over; a tab is taken for a space.
std::vector<std::string> ChallengeSchemes(std::string_view value);

}  // namespace conform
