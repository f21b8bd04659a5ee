// Words of a shell's command line.
#pragma once

#include <string>
#include <string_view>

namespace conform {

/// In single quotes, for a POSIX shell and for zsh: nothing in it is expanded.
std::string ShellQuoted(std::string_view text);

/// A field as curl's -H takes it, not quoted: `Name: value`, and `Name;` of one whose value is
/// blank, which curl would not send.
std::string CurlField(std::string_view name, std::string_view value);

/// Words that have curl send that method and show the head of the answer. `has_content`: some
/// follows.
std::string CurlCommand(std::string_view method, bool has_content);

}  // namespace conform
