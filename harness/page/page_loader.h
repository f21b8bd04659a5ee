// Makes a page of its text: front matter, blocks, what INCLUDE lines name, sections.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>

#include "base/diagnostic.h"
#include "page/page.h"

namespace conform {

/// The text of an INCLUDE line's file, or nothing where it is not to be had.
using OpenInclude = std::function<std::optional<std::string>(const std::string& path)>;

/// INCLUDE files of a page in `folder`: Markdown of at most 1 MiB that lies, links followed, within
/// the page's repository: the nearest folder upward with a `.git` or a `docfx.json`, else the
/// folder above the page's.
OpenInclude IncludesBeside(const std::filesystem::path& folder);

/// `bytes` is the page as read: line ends of both kinds, a byte order mark is dropped. Warns of
/// each INCLUDE line that it could not follow, but for code samples. Errors: not UTF-8 (says at
/// which byte), larger than kMaxSourceBytes, tables of more than kMostTableCells.
Expected<Page> LoadPage(const std::string& address, const std::string& bytes,
                        const OpenInclude& open, Diagnostics& diagnostics);

}  // namespace conform
