// HTML inside a page: tags' attributes, tables, and what is left without tags.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "page/page.h"

namespace conform {

struct HtmlTag {
  std::string name;  ///< lower case; empty where it is no tag HTML knows.
  bool closing = false;
  std::map<std::string, std::string> attributes;
};

/// One tag, e.g. `<span class="sxs-lookup">` or `</span>`.
HtmlTag ReadTag(std::string_view html);

/// `text` without the tags that HTML knows; `<token>` stays.
std::string RemoveTags(std::string_view text);

/// The text of each `<span data-stu-id="ID">` of `raw`, as written there, without tags.
std::map<std::string, std::string> RawSentences(std::string_view raw);

/// What an HTML block shows: its tables, and the text around them as paragraphs. All of it is on
/// the lines from `first_line` to `last_line`.
std::vector<Block> ReadHtmlBlock(std::string_view html, int first_line, int last_line);

}  // namespace conform
