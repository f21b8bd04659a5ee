// Counting and checking characters in UTF-8 text.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace conform {

/// Characters (code points) in well-formed text; in malformed text, bytes that begin one.
std::size_t CountCharacters(std::string_view text);

/// Byte offset of the first malformed sequence (RFC 3629: overlong forms, surrogates and values
/// above U+10FFFF are malformed), or nothing.
std::optional<std::size_t> FindMalformedUtf8(std::string_view text);

/// Text that is safe to show in a terminal, XML or HTML: control characters (C0 but for tab and
/// line feed, DEL, C1), bidirectional controls and malformed bytes become `\xNN` or `\u{NNNN}`.
std::string ShowText(std::string_view bytes);

/// ShowText on one line: tab, line feed and carriage return become `\t`, `\n`, `\r`; cut after
/// `max_characters` with `…`.
std::string ShowLine(std::string_view bytes, std::size_t max_characters = 200);

}  // namespace conform
