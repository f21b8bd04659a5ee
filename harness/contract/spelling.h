// Which spellings the names in a contract may have.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/http_text.h"
#include "base/map_reader.h"
#include "contract/path_template.h"

namespace conform {

/// Lower-case letters, digits and underscores, joined by single dots.
bool IsClauseId(std::string_view text);
/// Words of lower-case letters, digits and underscores.
bool IsSetName(std::string_view text);
/// Words of letters, digits and underscores, joined by single dots.
bool IsOperationName(std::string_view text);
/// `YYYY-MM`.
bool IsMonth(std::string_view text);
/// `YYYY-MM-DD`, a day that exists.
bool IsDay(std::string_view text);
/// 64 lower-case hexadecimal digits.
bool IsSha256(std::string_view text);
/// 16 lower-case hexadecimal digits.
bool IsFingerprint(std::string_view text);
/// `type/subtype`, without parameters.
bool IsMediaType(std::string_view text);
/// A scope (RFC 6749 §3.3): no white space, quotes or backslashes.
bool IsScope(std::string_view text);
/// Not blank, and without control characters.
bool IsLineOfText(std::string_view text);
/// RFC 3986 §3.3: the path leads elsewhere, a file's too that is named after it.
bool HasDotSegment(std::string_view path);
/// An https origin with a path that does not end in a slash; http only to loopback.
bool IsServerAddress(std::string_view text);

/// A rule for a text and what to tell of one that breaks it.
struct SpellingRule {
  bool (*holds)(std::string_view text);
  std::string_view noun;    ///< what it should be, e.g. `a month`.
  std::string_view advice;  ///< how to write it.
};

inline constexpr SpellingRule kTokenSpelling = {IsToken, "a token of RFC 9110 §5.6.2",
                                                "use letters, digits and !#$%&'*+-.^_`|~ only"};
inline constexpr SpellingRule kLineSpelling = {IsLineOfText, "a line of text", "write it in words"};
inline constexpr SpellingRule kPathSpelling = {
    IsPathTemplate, "a path below the server's",
    "begin with /, leave no segment empty but the last, put {name} for a segment or a part of it, "
    "and no query"};
inline constexpr SpellingRule kMediaTypeSpelling = {IsMediaType, "a media type",
                                                    "write type/subtype, e.g. application/json"};

/// A text of a list, and where it stands.
struct PlacedText {
  std::string text;
  Span span;
};

/// A text or a list of texts under `key`; what is neither is a diagnostic and left out.
std::vector<PlacedText> ReadPlacedTexts(MapReader& reader, std::string_view key);
/// The entry's text where it is one and has the spelling; else a diagnostic and an empty text.
std::string ReadSpelled(const YamlContext& context, std::string_view what, const YamlNode& node,
                        const Span& blame, const SpellingRule& spelling);
/// The text under `key`; a diagnostic where it is missing or misspelt.
std::string RequireSpelled(const YamlContext& context, MapReader& reader, std::string_view key,
                           const SpellingRule& spelling);

}  // namespace conform
