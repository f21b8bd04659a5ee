// The ways a secret may be spelt in what is sent, received and logged.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace conform {

/// Escapes are no forms: a text is looked through with them undone.
enum class SecretForm {
  kPlain,
  kUnescaped,     ///< what it says once all that looks like an escape in it is undone.
  kPlusForSpace,  ///< kUnescaped, as forms are encoded.
  kReplaced,      ///< U+FFFD for what is malformed, as JSON has it.
  kBase64,
  kBase64Url,
  kBase64Inner0,  ///< what base64 makes of it inside of something else, 0 to 2 bytes behind a
  kBase64Inner1,  ///< group's begin; without the characters that also depend on the neighbours.
  kBase64Inner2,
  kBase64UrlInner0,
  kBase64UrlInner1,
  kBase64UrlInner2,
};

inline constexpr std::array kSecretForms = {
    SecretForm::kPlain,           SecretForm::kUnescaped,       SecretForm::kPlusForSpace,
    SecretForm::kReplaced,        SecretForm::kBase64,          SecretForm::kBase64Url,
    SecretForm::kBase64Inner0,    SecretForm::kBase64Inner1,    SecretForm::kBase64Inner2,
    SecretForm::kBase64UrlInner0, SecretForm::kBase64UrlInner1, SecretForm::kBase64UrlInner2};

/// `secret` in `form`; empty where the form is too short to tell it from other text.
std::string SpellSecret(std::string_view secret, SecretForm form);

}  // namespace conform
