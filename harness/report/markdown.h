// Foreign text inside Markdown: shown as it is, obeyed by nobody.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace conform {

/// At most `max_characters` of `text` on one line. Nothing in it is Markdown, HTML, a mention, a
/// link or a table's border, nor a command to a CI service that reads the text in a log
/// (`::set-output`, `##vso[`, `##teamcity[`).
std::string EscapeMarkdown(std::string_view text, std::size_t max_characters = 300);

/// The same as code: a name or a path reads as it is written, anything else is escaped inside it.
std::string MarkdownCode(std::string_view text, std::size_t max_characters = 300);

}  // namespace conform
