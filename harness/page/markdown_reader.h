// Reads a page's Markdown into blocks.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "page/page.h"

namespace conform {

struct MarkdownText {
  std::vector<Block> blocks;
  std::map<std::string, std::string> raw_sentences;
};

/// GitHub's Markdown with tables, from the line after `skipped_lines` on. Of tabbed snippets only
/// the HTTP one is read. Sections are not set yet.
MarkdownText ReadMarkdown(const SourceText& source, int skipped_lines);

}  // namespace conform
