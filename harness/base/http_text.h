// The few pieces of RFC 9110's grammar that several rooms read.
#pragma once

#include <string_view>

namespace conform {

/// `tchar` of RFC 9110 §5.6.2.
bool IsTokenCharacter(char c);
/// One or more of them: a method, a field name, a scheme.
bool IsToken(std::string_view text);

/// Field names are compared without regard to case (RFC 9110 §5.1).
bool SameFieldName(std::string_view a, std::string_view b);

/// A method that asks for nothing but an answer (RFC 9110 §9.2.1).
bool IsSafeMethod(std::string_view method);
/// A method of which several requests have the effect of one (RFC 9110 §9.2.2): the safe ones, PUT
/// and DELETE.
bool IsIdempotentMethod(std::string_view method);

/// 2xx (RFC 9110 §15.3).
constexpr bool IsSuccessStatus(int status) { return status >= 200 && status <= 299; }

/// Whether it can stand as a field's value: no line break and no NUL (RFC 9110 §5.5).
bool IsFieldValue(std::string_view text);

/// Without the spaces and tabs around it (RFC 9110 §5.6.3).
std::string_view TrimWhiteSpace(std::string_view text);

/// The media type that a Content-Type names, as it is spelt, without its parameters (RFC 9110
/// §8.3.1).
std::string_view WithoutParameters(std::string_view content_type);

/// Whether content of that media type, parameters behind it or not, is JSON: `application/json`,
/// one that ends in `+json` (RFC 6839 §3.1), or `text/json`, which nobody registered and many send.
bool IsJsonType(std::string_view media_type);

/// Why no answer came, in words, by the name that cpp-httplib gives the error; an unknown name
/// stands for itself.
std::string_view DescribeHttpTrouble(std::string_view name);

}  // namespace conform
