#include "page/front_matter.h"

#include "base/http_text.h"
#include "base/yaml_node.h"

namespace conform {
namespace {

/// The line that closes the front matter; 0 where the page has none.
int FindEnd(const SourceText& source) {
  constexpr int kMostLines = 400;
  if (TrimWhiteSpace(source.Line(1)) != "---") return 0;
  for (int line = 2; line < kMostLines; ++line) {
    const std::string_view text = TrimWhiteSpace(source.Line(line));
    if (text == "---" || text == "...") return line;
  }
  return 0;
}

std::string Unquote(std::string_view text) {
  text = TrimWhiteSpace(text);
  const bool quoted = text.size() >= 2 && (text.front() == '"' || text.front() == '\'') &&
                      text.back() == text.front();
  return std::string(quoted ? text.substr(1, text.size() - 2) : text);
}

void ReadByLine(const SourceText& source, FrontMatter& matter) {
  for (int line = 2; line < matter.last_line; ++line) {
    const std::string_view text = source.Line(line);
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0 || text.front() == ' ') continue;
    const std::string key(TrimWhiteSpace(text.substr(0, colon)));
    matter.values.emplace(key, Unquote(text.substr(colon + 1)));
    matter.lines.emplace(key, line);
  }
}

}  // namespace

FrontMatter ReadFrontMatter(const SourceText& source) {
  FrontMatter matter;
  matter.last_line = FindEnd(source);
  if (matter.last_line == 0) return matter;
  std::string text = "\n";  // In the place of the opening line, so that lines keep their numbers.
  for (int line = 2; line < matter.last_line; ++line) {
    text += std::string(source.Line(line)) + "\n";
  }
  Diagnostics dropped;
  const auto root = ParseYaml(SourceText(source.path(), text), dropped);
  if (!root || root->kind != YamlNode::Kind::kMapping) {
    ReadByLine(source, matter);
    return matter;
  }
  for (const YamlEntry& entry : root->entries) {
    if (entry.value.kind != YamlNode::Kind::kScalar) continue;
    matter.values.emplace(entry.key, entry.value.scalar);
    matter.lines.emplace(entry.key, entry.key_span.line);
  }
  return matter;
}

}  // namespace conform
