#include "base/secret_form.h"

#include <algorithm>
#include <cstddef>
#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "base/unescape.h"
#include "base/utf8.h"

namespace conform {
namespace {

/// Below this, an inner base64 form would be a few characters that any text may hold.
constexpr std::size_t kMinInnerSecret = 8;

std::string Unescape(std::string_view secret) {
  ByteSet every;
  every.fill(true);
  std::string text(secret);
  for (std::size_t level = 0; level < kMostEscapedTimes; ++level) {
    const Unescaped once(text, every);
    if (once.empty()) break;
    text = once.text();
  }
  return text;
}

std::string PutPlusForSpace(std::string_view secret) {
  std::string text(secret);
  std::replace(text.begin(), text.end(), ' ', '+');
  return text;
}

std::string ReplaceMalformed(std::string_view secret) {
  if (!FindMalformedUtf8(secret)) return std::string(secret);
  const std::string quoted = nlohmann::json(secret).dump(-1, ' ', /*ensure_ascii=*/false,
                                                         nlohmann::json::error_handler_t::replace);
  return Unescape(quoted.substr(1, quoted.size() - 2));
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

std::string SpellSecret(std::string_view secret, SecretForm form) {
  switch (form) {
    case SecretForm::kPlain:
      return std::string(secret);
    case SecretForm::kUnescaped:
      return Unescape(secret);
    case SecretForm::kPlusForSpace:
      return PutPlusForSpace(Unescape(secret));
    case SecretForm::kReplaced:
      return ReplaceMalformed(secret);
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
