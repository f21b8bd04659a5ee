// Scalars of one line as plain YAML has them, in quotes or not.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace conform {

/// A scalar that was found, from where it was looked for to `end`.
struct PlainYamlScalar {
  std::size_t end = 0;  ///< behind its last character, or where it was looked for: there is none.
  bool quoted = false;

  /// Without quotes, escapes resolved.
  std::string Text(std::string_view text, std::size_t begin) const;
};

/// The scalar at `at` of `text`. None where one of several lines, an escape that is seldom used,
/// or anything else that yaml-cpp might read in its own way stands there. `in_flow`: in brackets.
PlainYamlScalar ScanPlainYamlScalar(std::string_view text, std::size_t at, bool in_flow);

/// Of a plain scalar, whether it stands for nothing.
bool IsNullWord(std::string_view text);

inline bool IsSpace(char c) { return c == ' '; }
inline bool IsBlankOrBreak(char c) { return c == ' ' || c == '\n'; }

/// Whether the text has no tab, no control character, no character that yaml-cpp takes for
/// another, and is well-formed UTF-8.
bool HoldsPlainCharacters(std::string_view text);

}  // namespace conform
