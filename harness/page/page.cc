#include "page/page.h"

namespace conform {

std::string Passage::Text() const {
  std::string text;
  for (const Sentence& sentence : sentences) {
    if (sentence.text.empty()) continue;
    if (!text.empty()) text += ' ';
    text += sentence.text;
  }
  return text;
}

std::string FrontMatter::Get(std::string_view key) const {
  const auto found = values.find(std::string(key));
  return found == values.end() ? "" : found->second;
}

std::string Page::Title() const {
  for (const Block& block : blocks) {
    if (block.kind == Block::Kind::kHeading && block.level == 1) return block.passage.Text();
  }
  return front_matter.Get("title");
}

std::string Page::Locale() const {
  const std::string locale = front_matter.Get("ms.contentlocale");
  return locale.empty() ? "en-US" : locale;
}

}  // namespace conform
