// What a text ends with that was cut.
#pragma once

#include <string_view>

namespace conform {

/// The redactor masks what is left of a secret before it: whatever cuts a text, cuts with this.
inline constexpr std::string_view kCutMark = "…";

}  // namespace conform
