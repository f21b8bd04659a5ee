// The ways a secret may be spelt in what is sent, received and logged.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace conform {

/// Besides, a text is looked through with its escapes undone (base/readings). That alone would miss
/// one that makes another escape with what stands around it.
enum class SecretForm {
  kPlain,
  kPercent,         ///< RFC 3986, hexadecimal digits in upper case.
  kPercentLower,    ///< the same in lower case.
  kFormUrlencoded,  ///< kPercent with `+` for a space.
  kJson,            ///< inside a JSON string.
  kJsonSlash,       ///< kJson with `\/` for `/`.
  kJsonAscii,       ///< kJson with `\uXXXX` for everything beyond ASCII.
  kJsonTwice,       ///< kJson inside a JSON string again, as a body is in a record.
  kXml,             ///< XML's and HTML's text: `&amp;`, `&lt;`, `&gt;`.
  kXmlQuoted,       ///< kXml with `&quot;`.
  kXmlApostrophe,   ///< kXmlQuoted with `&apos;`.
  kHtmlApostrophe,  ///< kXmlQuoted with `&#39;`.
  kUnescaped,       ///< what it says once all that looks like an escape in it is undone.
  kUnescapedForm,   ///< kUnescaped with `+` for a space.
  kBase64,
  kBase64Url,
  kBase64Inner0,  ///< what base64 makes of it inside of something else, 0 to 2 bytes behind a
  kBase64Inner1,  ///< group's begin; without the characters that also depend on the neighbours.
  kBase64Inner2,
  kBase64UrlInner0,
  kBase64UrlInner1,
  kBase64UrlInner2,
};

inline constexpr std::array kSecretForms = {SecretForm::kPlain,
                                            SecretForm::kPercent,
                                            SecretForm::kPercentLower,
                                            SecretForm::kFormUrlencoded,
                                            SecretForm::kJson,
                                            SecretForm::kJsonSlash,
                                            SecretForm::kJsonAscii,
                                            SecretForm::kJsonTwice,
                                            SecretForm::kXml,
                                            SecretForm::kXmlQuoted,
                                            SecretForm::kXmlApostrophe,
                                            SecretForm::kHtmlApostrophe,
                                            SecretForm::kUnescaped,
                                            SecretForm::kUnescapedForm,
                                            SecretForm::kBase64,
                                            SecretForm::kBase64Url,
                                            SecretForm::kBase64Inner0,
                                            SecretForm::kBase64Inner1,
                                            SecretForm::kBase64Inner2,
                                            SecretForm::kBase64UrlInner0,
                                            SecretForm::kBase64UrlInner1,
                                            SecretForm::kBase64UrlInner2};

/// Whether no form but those that SpellsAny spells `secret` in another way than the plain one: it
/// is made of letters, digits, `-`, `.`, `_` and `~`, as tokens are.
bool NeedsNoEscape(std::string_view secret);
/// Whether the form may spell such a secret, too, in another way: base64, or `~1` in it undone.
constexpr bool SpellsAny(SecretForm form) { return form >= SecretForm::kUnescaped; }

/// `secret` in `form`; empty where the form is too short to tell it from other text.
std::string SpellSecret(std::string_view secret, SecretForm form);

}  // namespace conform
