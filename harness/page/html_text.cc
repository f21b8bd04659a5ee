#include "page/html_text.h"

#include <gumbo.h>

#include <algorithm>
#include <array>
#include <memory>

#include "page/plain_text.h"

namespace conform {
namespace {

struct OutputDeleter {
  void operator()(GumboOutput* output) const {
    gumbo_destroy_output(&kGumboDefaultOptions, output);
  }
};
using Output = std::unique_ptr<GumboOutput, OutputDeleter>;

/// A tree takes time and memory by the square of how deep it is, and of how many tags it has.
constexpr std::size_t kMostTags = 50'000;
constexpr int kMostNesting = 500;

/// Those whose end may be left out: the next one ends them, so that they do not nest.
constexpr std::array<std::string_view, 24> kUnended = {
    "area",   "base",  "br",    "col",  "dd",    "dt", "embed", "hr",
    "img",    "input", "li",    "link", "meta",  "p",  "param", "option",
    "source", "td",    "tfoot", "th",   "thead", "tr", "tbody", "wbr"};

/// Whether it has so many tags, or so deep ones, as no page's has.
bool IsBeyondBounds(std::string_view html) {
  constexpr std::size_t kLongestName = 10;
  std::size_t tags = 0;
  int depth = 0;
  for (std::size_t at = html.find('<'); at < html.size(); at = html.find('<', at + 1)) {
    const bool closing = at + 1 < html.size() && html[at + 1] == '/';
    const std::string_view rest = html.substr(at + (closing ? 2 : 1), kLongestName + 1);
    const std::string name = ToLower(rest.substr(0, rest.find_first_of(" \t\r\n\f/>")));
    if (name.empty() || name.front() < 'a' || name.front() > 'z') continue;
    if (++tags > kMostTags) return true;
    if (std::find(kUnended.begin(), kUnended.end(), name) != kUnended.end()) continue;
    depth += closing ? -1 : 1;
    depth = std::max(depth, 0);
    if (depth > kMostNesting) return true;
  }
  return false;
}

/// `html` is within the bounds.
Output ParseHtml(std::string_view html) {
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;  // each would keep all tags that are open
  return Output(gumbo_parse_with_options(&options, html.data(), html.size()));
}

/// All nodes below `root` in document order; no recursion, so that no nesting costs stack.
template <typename Visit>
void Walk(const GumboNode* root, Visit visit) {
  std::vector<const GumboNode*> open = {root};
  while (!open.empty()) {
    const GumboNode* node = open.back();
    open.pop_back();
    if (!visit(node)) continue;
    if (node->type != GUMBO_NODE_ELEMENT && node->type != GUMBO_NODE_TEMPLATE) continue;
    const GumboVector& children = node->v.element.children;
    for (unsigned i = children.length; i > 0; --i) {
      open.push_back(static_cast<const GumboNode*>(children.data[i - 1]));
    }
  }
}

bool IsTag(const GumboNode* node, GumboTag tag) {
  return node->type == GUMBO_NODE_ELEMENT && node->v.element.tag == tag;
}

bool IsKnownName(std::string_view name) {
  return gumbo_tagn_enum(name.data(), static_cast<unsigned>(name.size())) != GUMBO_TAG_UNKNOWN;
}

/// The end of the tag that begins at `at`, or npos where none does.
std::size_t TagEnd(std::string_view text, std::size_t at) {
  if (text.compare(at, 4, "<!--") == 0) {
    const std::size_t end = text.find("-->", at + 4);
    return end == std::string_view::npos ? end : end + 3;
  }
  constexpr std::size_t kLongestName = 32;
  std::size_t name = at + 1;
  if (name < text.size() && text[name] == '/') ++name;
  const std::size_t name_end = text.substr(0, name + kLongestName).find_first_of(" \t\n/>", name);
  if (name_end == std::string_view::npos || !IsKnownName(text.substr(name, name_end - name))) {
    return std::string_view::npos;
  }
  const std::size_t end = text.find('>', name_end);
  return end == std::string_view::npos ? end : end + 1;
}

std::string TextOf(const GumboNode* root) {
  std::string text;
  Walk(root, [&text](const GumboNode* node) {
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE) {
      text += node->v.text.text;
    }
    if (IsTag(node, GUMBO_TAG_BR) || IsTag(node, GUMBO_TAG_P)) text += ' ';
    return true;
  });
  return CollapseSpace(text);
}

Passage PassageOf(std::string text, int first_line, int last_line) {
  Passage passage;
  passage.first_line = first_line;
  passage.last_line = last_line;
  if (!text.empty()) passage.sentences.push_back({"", std::move(text)});
  return passage;
}

PageTable ReadTable(const GumboNode* table, int first_line, int last_line) {
  PageTable result;
  Walk(table, [&](const GumboNode* node) {
    if (!IsTag(node, GUMBO_TAG_TR)) return true;
    std::vector<Passage> row;
    bool heads = true;
    Walk(node, [&](const GumboNode* cell) {
      const bool head = IsTag(cell, GUMBO_TAG_TH);
      if (!head && !IsTag(cell, GUMBO_TAG_TD)) return true;
      heads = heads && head;
      row.push_back(PassageOf(TextOf(cell), first_line, last_line));
      return false;
    });
    if (result.header.empty() && (heads || result.rows.empty())) {
      result.header = std::move(row);
    } else {
      result.rows.push_back(std::move(row));
    }
    return false;
  });
  return result;
}

}  // namespace

HtmlTag ReadTag(std::string_view html) {
  HtmlTag tag;
  if (html.size() < 3 || html.front() != '<') return tag;
  tag.closing = html[1] == '/';
  const std::size_t begin = tag.closing ? 2 : 1;
  const std::string_view name = html.substr(begin, html.find_first_of(" \t\n/>", begin) - begin);
  if (!IsKnownName(name)) return tag;
  tag.name =
      gumbo_normalized_tagname(gumbo_tagn_enum(name.data(), static_cast<unsigned>(name.size())));
  if (tag.closing) return tag;
  const Output output = ParseHtml(html);
  Walk(output->root, [&tag](const GumboNode* node) {
    if (node->type != GUMBO_NODE_ELEMENT) return true;
    const GumboElement& element = node->v.element;
    if (tag.name == gumbo_normalized_tagname(element.tag)) {
      for (unsigned i = 0; i < element.attributes.length; ++i) {
        const auto* attribute = static_cast<const GumboAttribute*>(element.attributes.data[i]);
        tag.attributes.emplace(attribute->name, attribute->value);
      }
    }
    return true;
  });
  return tag;
}

std::string RemoveTags(std::string_view text) {
  std::string result;
  const std::size_t last_end = text.rfind('>');
  const std::size_t last_comment_end = text.rfind("-->");
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t open = std::min(text.find('<', at), text.size());
    result += text.substr(at, open - at);
    at = open;
    if (at == text.size()) break;
    // Behind the last end there is none to look for, again and again.
    const std::size_t last = text.compare(at, 4, "<!--") == 0 ? last_comment_end : last_end;
    const bool may_end = last != std::string_view::npos && at < last;
    const std::size_t end = may_end ? TagEnd(text, at) : std::string_view::npos;
    if (end == std::string_view::npos) result += text[at];
    at = end == std::string_view::npos ? at + 1 : end;
  }
  return result;
}

std::map<std::string, std::string> RawSentences(std::string_view raw) {
  std::map<std::string, std::string> sentences;
  if (raw.find("data-stu-id") == std::string_view::npos || IsBeyondBounds(raw)) return sentences;
  const Output output = ParseHtml(raw);
  Walk(output->root, [&](const GumboNode* node) {
    if (!IsTag(node, GUMBO_TAG_SPAN)) return true;
    const GumboElement& element = node->v.element;
    const GumboAttribute* id = gumbo_get_attribute(&element.attributes, "data-stu-id");
    if (id == nullptr) return true;
    const char* begin = element.original_tag.data + element.original_tag.length;
    const char* end = element.original_end_tag.data;
    if (end == nullptr || end < begin) return true;
    sentences.emplace(id->value,
                      CollapseSpace(RemoveTags({begin, static_cast<std::size_t>(end - begin)})));
    return true;
  });
  return sentences;
}

std::vector<Block> ReadHtmlBlock(std::string_view html, int first_line, int last_line) {
  std::vector<Block> blocks;
  if (IsBeyondBounds(html)) {
    blocks.emplace_back().passage =
        PassageOf(CollapseSpace(RemoveTags(html)), first_line, last_line);
    return blocks;
  }
  const Output output = ParseHtml(html);
  std::string around;
  Walk(output->root, [&](const GumboNode* node) {
    if (IsTag(node, GUMBO_TAG_TABLE)) {
      Block block;
      block.kind = Block::Kind::kTable;
      block.passage = PassageOf("", first_line, last_line);
      block.table = ReadTable(node, first_line, last_line);
      if (!block.table.header.empty()) blocks.push_back(std::move(block));
      return false;
    }
    if (node->type == GUMBO_NODE_TEXT) around += std::string(node->v.text.text) + " ";
    return true;
  });
  around = CollapseSpace(around);
  if (!around.empty()) {
    Block block;
    block.passage = PassageOf(around, first_line, last_line);
    blocks.insert(blocks.begin(), std::move(block));
  }
  return blocks;
}

}  // namespace conform
