// A text that a regular expression matches.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace conform {

/// What may be repeated comes `repeats` times where that is allowed, of alternatives the first.
/// Nothing where the pattern has what is not known here, or makes more than 10,000 characters.
/// Whoever asks holds the text against the pattern: a `\b` or an anchor in its midst is not kept.
std::optional<std::string> SampleOfPattern(std::string_view pattern, std::size_t repeats);

}  // namespace conform
