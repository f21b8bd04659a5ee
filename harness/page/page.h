// A documentation page as data: what stands where, before anything is understood.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/source_text.h"

namespace conform {

/// A stretch of text. Markdown marks are kept, HTML tags are not.
struct Sentence {
  std::string id;    ///< the page's own (`data-stu-id`); empty where it has none.
  std::string text;  ///< English where the page holds it beside a translation.
};

/// A heading, a paragraph, a list item, a table cell.
struct Passage {
  std::vector<Sentence> sentences;
  int first_line = 0;  ///< of the page, 1-based.
  int last_line = 0;

  std::string Text() const;
  bool empty() const { return Text().empty(); }
};

struct PageTable {
  std::vector<Passage> header;
  std::vector<std::vector<Passage>> rows;
};

/// What a page is cut into by its headings.
enum class Section {
  kIntroduction,  ///< below the title.
  kPermissions,
  kHttpRequest,
  kPathParameters,
  kQueryParameters,
  kFunctionParameters,
  kHeaders,
  kBody,
  kResponse,
  kErrors,
  kExample,
  kExampleRequest,
  kExampleResponse,
  kOther,
};

struct Block {
  enum class Kind { kHeading, kParagraph, kTable, kCode, kInclude };

  Kind kind = Kind::kParagraph;
  Section section = Section::kIntroduction;
  std::string heading;  ///< of its section, in English where that is known.
  Passage passage;      ///< of a heading or paragraph; of the others only the lines are set.
  std::string anchor;   ///< of a heading: `http-request`, the English title in lower case.
  int level = 0;        ///< of a heading, 1 to 6.
  bool quoted = false;  ///< in a note, warning or other block quote.
  PageTable table;
  std::string code;           ///< of a code block; its first line is `passage.first_line`.
  std::string language;       ///< of a code block: `http`, `json`.
  nlohmann::json annotation;  ///< the `<!-- {"blockType": …} -->` before it; else null.
  std::string include_name;   ///< of an INCLUDE line.
  std::string include_path;
  bool included = false;  ///< it stands in another file; its lines are the INCLUDE line's.
};

struct FrontMatter {
  std::map<std::string, std::string> values;  ///< scalars alone.
  std::map<std::string, int> lines;
  int last_line = 0;  ///< of the closing `---`; 0 where the page has none.

  /// Empty where there is none.
  std::string Get(std::string_view key) const;
};

struct Page {
  std::shared_ptr<const SourceText> source;
  std::string sha256;
  std::string address;  ///< where it was read: a path or URL.
  FrontMatter front_matter;
  std::vector<Block> blocks;
  std::map<std::string, std::string> raw_sentences;  ///< id -> English as it is written.

  /// The title's English text, else the front matter's.
  std::string Title() const;
  /// `zh-CN`; `en-US` where the page does not say.
  std::string Locale() const;
};

}  // namespace conform
