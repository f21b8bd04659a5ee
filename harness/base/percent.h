// Percent-encoding (RFC 3986 §2.1).
#pragma once

#include <string>
#include <string_view>

namespace conform {

/// Every byte percent-encoded but ASCII letters, digits and the characters of `plain`.
std::string EncodePercent(std::string_view text, std::string_view plain);

/// RFC 3986 §2.3, without letters and digits: what never needs encoding.
inline constexpr std::string_view kUnreservedMarks = "-._~";

/// RFC 3986 §3.3: what a path's segment may hold besides letters and digits, but for the percent
/// sign, and for the semicolon, behind which many servers look for parameters.
inline constexpr std::string_view kSegmentMarks = "-._~!$&'()*+,=:@";

/// `%41` becomes `A`; what is no percent-encoding stays.
std::string DecodePercent(std::string_view text);

}  // namespace conform
