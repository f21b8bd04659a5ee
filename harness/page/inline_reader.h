// Reads the inline part of a Markdown node: its sentences, each with its id.
#pragma once

#include <cmark-gfm.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "page/page.h"

namespace conform {

struct InlineText {
  std::vector<Sentence> sentences;
  std::string anchor;                    ///< `<a name="…">`.
  std::string link;                      ///< the first link's address.
  std::vector<nlohmann::json> comments;  ///< `<!-- {…} -->` that hold JSON.
  std::vector<Sentence> includes;        ///< INCLUDE lines: id is the name, text the path.
};

/// Where a page holds the English sentence beside the translated one, the English one is taken.
InlineText ReadInline(cmark_node* node);

/// What an HTML comment holds, where that is a JSON object; else null.
nlohmann::json ReadComment(std::string_view html);

}  // namespace conform
