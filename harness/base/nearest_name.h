// Which of the known names a mistyped one probably meant.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace conform {

/// The name with the smallest edit distance to `name` (a transposition counts one), where that is
/// at most a third of its length and at least 1; else empty. Case is ignored.
std::string_view NearestName(std::string_view name, const std::vector<std::string_view>& known);

/// `did you mean 'status'?`, or empty where nothing is near.
std::string DidYouMean(std::string_view name, const std::vector<std::string_view>& known);

/// `a`, `a or b`, `a, b or c`.
std::string JoinOr(const std::vector<std::string_view>& names);

}  // namespace conform
