#include "base/secret_form.h"

#include <algorithm>
#include <cstddef>
#include <nlohmann/json.hpp>

#include "base/ascii.h"
#include "base/digest.h"
#include "base/json_text.h"
#include "base/percent.h"
#include "base/readings.h"
#include "base/xml_escape.h"

namespace conform {
namespace {

/// Below this, an inner base64 form would be a few characters that any text may hold.
constexpr std::size_t kMinInnerSecret = 8;

/// RFC 3986 §2.3.
bool IsUnreserved(char c) {
  return IsAlphanumeric(c) || kUnreservedMarks.find(c) != std::string_view::npos;
}

std::string PercentEncode(std::string_view text, std::string_view digits, bool plus_for_space) {
  std::string encoded;
  for (const char c : text) {
    if (IsUnreserved(c)) {
      encoded += c;
    } else if (c == ' ' && plus_for_space) {
      encoded += '+';
    } else {
      const auto byte = static_cast<unsigned char>(c);
      encoded += '%';
      encoded += digits[byte >> 4];
      encoded += digits[byte & 15U];
    }
  }
  return encoded;
}

std::string JsonEscape(std::string_view text, bool ascii) {
  const std::string quoted = WriteJsonText(nlohmann::json(text), ascii);
  return quoted.substr(1, quoted.size() - 2);
}

std::string EscapeSlashes(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '/') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

/// Empty where nothing in `text` needs it: then the plain form is the same.
std::string XmlForm(std::string_view text, bool quotes, std::string_view apostrophe) {
  std::string escaped = EscapeXml(text, quotes, apostrophe);
  return escaped == text ? "" : escaped;
}

std::string Unescape(std::string_view secret) {
  ByteSet every;
  every.fill(true);
  const Readings readings(secret, every);
  return std::string(readings[readings.size() - 1]);
}

std::string PutPlusForSpace(std::string_view secret) {
  std::string text(secret);
  std::replace(text.begin(), text.end(), ' ', '+');
  return text;
}

/// The characters of base64 that depend on `secret` alone where `before` bytes precede it.
std::string InnerBase64(std::string_view secret, std::size_t before,
                        std::string (*encode)(std::string_view)) {
  if (secret.size() < kMinInnerSecret) return "";
  const std::string encoded = encode(std::string(before, '\0').append(secret));
  const std::size_t first = (before * 8 + 5) / 6;
  const std::size_t last = (before + secret.size()) * 8 / 6;
  return encoded.substr(first, last - first);
}

}  // namespace

bool NeedsNoEscape(std::string_view secret) {
  return std::all_of(secret.begin(), secret.end(), IsUnreserved);
}

std::string SpellSecret(std::string_view secret, SecretForm form) {
  constexpr std::string_view kUpper = "0123456789ABCDEF";
  constexpr std::string_view kLower = "0123456789abcdef";
  switch (form) {
    case SecretForm::kPlain:
      return std::string(secret);
    case SecretForm::kPercent:
      return PercentEncode(secret, kUpper, false);
    case SecretForm::kPercentLower:
      return PercentEncode(secret, kLower, false);
    case SecretForm::kFormUrlencoded:
      return PercentEncode(secret, kUpper, true);
    case SecretForm::kJson:
      return JsonEscape(secret, false);
    case SecretForm::kJsonSlash:
      return EscapeSlashes(JsonEscape(secret, false));
    case SecretForm::kJsonAscii:
      return JsonEscape(secret, true);
    case SecretForm::kJsonTwice:
      return JsonEscape(JsonEscape(secret, false), false);
    case SecretForm::kXml:
      return XmlForm(secret, false, "");
    case SecretForm::kXmlQuoted:
      return XmlForm(secret, true, "");
    case SecretForm::kXmlApostrophe:
      return XmlForm(secret, true, "&apos;");
    case SecretForm::kHtmlApostrophe:
      return XmlForm(secret, true, "&#39;");
    case SecretForm::kUnescaped:
      return Unescape(secret);
    case SecretForm::kUnescapedForm:
      return PutPlusForSpace(Unescape(secret));
    case SecretForm::kBase64:
      return Base64(secret);
    case SecretForm::kBase64Url:
      return Base64Url(secret);
    case SecretForm::kBase64Inner0:
      return InnerBase64(secret, 0, Base64);
    case SecretForm::kBase64Inner1:
      return InnerBase64(secret, 1, Base64);
    case SecretForm::kBase64Inner2:
      return InnerBase64(secret, 2, Base64);
    case SecretForm::kBase64UrlInner0:
      return InnerBase64(secret, 0, Base64Url);
    case SecretForm::kBase64UrlInner1:
      return InnerBase64(secret, 1, Base64Url);
    case SecretForm::kBase64UrlInner2:
      return InnerBase64(secret, 2, Base64Url);
  }
  return "";
}

}  // namespace conform
