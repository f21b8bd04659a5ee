#include "base/http_text.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"
#include "base/byte_words.h"

namespace conform {
namespace {

constexpr std::array<std::string_view, 4> kSafeMethods = {"GET", "HEAD", "OPTIONS", "TRACE"};
constexpr std::string_view kTokenMarks = "!#$%&'*+-.^_`|~";

struct NamedTrouble {
  std::string_view name;
  std::string_view says;
};

constexpr NamedTrouble kTroubles[] = {
    {"Connection", "no connection could be made: the name is unknown, or nobody listens there"},
    {"ConnectionTimeout", "no connection was made in time"},
    {"Read", "the connection ended or fell silent before a whole answer came"},
    {"Write", "the request could not be sent"},
    {"ExceedRedirectCount", "it redirects too often"},
    {"SSLConnection", "no secure connection could be made"},
    {"SSLLoadingCerts", "the certificates to trust cannot be read"},
    {"SSLServerVerification", "nobody trusted issued its certificate, or it is not for this name"},
    {"Compression", "its content coding cannot be read"},
};

}  // namespace

bool IsTokenCharacter(char c) {
  static constexpr auto kIn = AlphanumericAnd(kTokenMarks);
  return kIn[static_cast<unsigned char>(c)];
}

bool IsToken(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsTokenCharacter);
}

bool SameFieldName(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return ToLower(x) == ToLower(y); });
}

bool IsSafeMethod(std::string_view method) {
  return std::find(kSafeMethods.begin(), kSafeMethods.end(), method) != kSafeMethods.end();
}

bool IsIdempotentMethod(std::string_view method) {
  return IsSafeMethod(method) || method == "PUT" || method == "DELETE";
}

bool IsFieldValue(std::string_view text) {
  constexpr std::string_view kForbidden("\r\n\0", 3);
  // Most are plain: every field that is sent is looked at.
  if (NoneStops(text, kHoldsUnprintable)) return true;
  return text.find_first_of(kForbidden) == std::string_view::npos;
}

std::string_view TrimWhiteSpace(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::string_view WithoutParameters(std::string_view content_type) {
  return TrimWhiteSpace(content_type.substr(0, content_type.find(';')));
}

bool IsJsonType(std::string_view media_type) {
  constexpr std::string_view kSuffix = "+json";
  const std::string type = ToLower(WithoutParameters(media_type));
  if (type == "application/json" || type == "text/json") return true;
  return type.size() > kSuffix.size() && type.ends_with(kSuffix);
}

std::string_view DescribeHttpTrouble(std::string_view name) {
  for (const NamedTrouble& each : kTroubles) {
    if (each.name == name) return each.says;
  }
  return name;
}

}  // namespace conform
