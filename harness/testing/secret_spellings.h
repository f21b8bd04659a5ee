// How services, shells and files may spell a secret.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace conform {

/// What the spelling is, and the secret so spelt; the plain one is the first. Those that are the
/// same as an earlier one are left out.
std::vector<std::pair<std::string, std::string>> SpellingsOf(std::string_view secret);

/// Of those, the one of that name.
std::string Spell(std::string_view secret, std::string_view name);

}  // namespace conform
