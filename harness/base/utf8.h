// Counting, checking and showing characters of UTF-8 text.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace conform {

/// Characters (code points) in well-formed text; in malformed text, bytes that begin one.
std::size_t CountCharacters(std::string_view text);

/// The character at the front of text that is not empty.
struct Character {
  char32_t value = 0;     ///< of a malformed sequence: its first byte.
  std::size_t bytes = 1;  ///< its length; 1 where malformed.
  bool malformed = false;
};
Character FirstCharacter(std::string_view text);

/// Byte offset of the first malformed sequence (RFC 3629: overlong forms, surrogates and values
/// above U+10FFFF are malformed), or nothing.
std::optional<std::size_t> FindMalformedUtf8(std::string_view text);

/// At most `most` bytes from the front, at the end of a character; of malformed text, of a byte.
std::string_view CutAfter(std::string_view text, std::size_t most);

/// Columns a character takes on a terminal: 2 for East Asian wide ones, 0 for combining marks.
std::size_t TerminalWidth(char32_t character);

/// Text that is safe to show in a terminal, XML or HTML: control characters (C0 but for tab and
/// line feed, DEL, C1), bidirectional controls, Unicode's line separators and noncharacters, and
/// malformed bytes become `\xNN` or `\u{NNNN}`; so does the second `#` of what a CI server would
/// obey, `##vso[…]`. Markup is not escaped.
std::string ShowText(std::string_view bytes);
/// Of well-formed JSON that escapes C0: JSON that says the same, with what ShowText escapes as
/// `\uNNNN`.
std::string ShowJsonText(std::string_view json);

/// ShowText on one line: tab, line feed and carriage return become `\t`, `\n`, `\r`; cut after
/// `max_characters` (of the text as shown) with `…`.
std::string ShowLine(std::string_view bytes, std::size_t max_characters = 200);
/// The same of a text that is not needed any more.
std::string ShowLineOf(std::string bytes, std::size_t max_characters = 200);
/// Whether ShowLine leaves all of it alone, for all that can be told without reading characters.
bool IsLineAsShown(std::string_view bytes);

}  // namespace conform
