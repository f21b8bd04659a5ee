// Reads a page's Markdown into blocks.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "page/page.h"

namespace conform {

struct MarkdownText {
  std::vector<Block> blocks;
  std::map<std::string, std::string> raw_sentences;
};

/// Of all tables of a page: its parser makes a cell for each column of each row, however few of
/// them the row has.
inline constexpr std::size_t kMostTableCells = 100'000;

/// How many cells the parser would make of the tables in `text`, or more.
std::size_t CountTableCells(std::string_view text);

/// GitHub's Markdown with tables, from the line after `skipped_lines` on. Of tabbed snippets only
/// the HTTP one is read. Sections are not set yet.
MarkdownText ReadMarkdown(const SourceText& source, int skipped_lines);

}  // namespace conform
