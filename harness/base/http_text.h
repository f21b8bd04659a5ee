// The few pieces of RFC 9110's grammar that several rooms read.
#pragma once

#include <string_view>

namespace conform {

/// `tchar` of RFC 9110 §5.6.2.
bool IsTokenCharacter(char c);
/// One or more of them: a method, a field name, a scheme.
bool IsToken(std::string_view text);

/// Without the spaces and tabs around it (RFC 9110 §5.6.3).
std::string_view TrimWhiteSpace(std::string_view text);

/// Whether content of that media type, parameters behind it or not, is JSON: `application/json`, or
/// one that ends in `+json` (RFC 6839 §3.1).
bool IsJsonType(std::string_view media_type);

/// Why no answer came, in words, by the name that cpp-httplib gives the error; an unknown name
/// stands for itself.
std::string_view DescribeHttpTrouble(std::string_view name);

}  // namespace conform
