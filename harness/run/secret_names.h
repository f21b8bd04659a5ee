// By which names secrets are known in messages.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "base/redactor.h"

namespace conform {

/// A shorter value (`theme=dark`) stands in places where it is no secret, too; not a password.
inline constexpr std::size_t kLeastLearned = 8;

/// Whether a word that tells of secrets stands somewhere in the text, in any case.
bool HoldsTelling(std::string_view text);

/// Whether a field, member or part of that name carries a secret.
bool IsTelling(std::string_view name);

/// The same of a parameter, which also carries one under a common word: `code`, `sig`.
bool IsSecretName(std::string_view name);

/// The value of that name becomes known to `redactor`; not where it is too short to be told from
/// other texts.
void LearnSecret(std::string_view name, std::string_view value, Redactor& redactor);

/// Calls `visit` with each part of `text` between `separator`s.
template <typename Visit>
void ForEachPart(std::string_view text, char separator, Visit visit) {
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    visit(text.substr(begin, end - begin));
    begin = end + 1;
  }
}

/// Learns of `a=1&token=x`, as an address's query and a form's content hold it.
void LearnPairs(std::string_view pairs, Redactor& redactor);

}  // namespace conform
