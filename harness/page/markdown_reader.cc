#include "page/markdown_reader.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <algorithm>
#include <array>
#include <memory>

#include "page/html_text.h"
#include "page/inline_reader.h"
#include "page/plain_text.h"

namespace conform {
namespace {

struct CmarkDeleter {
  void operator()(cmark_parser* parser) const { cmark_parser_free(parser); }
  void operator()(cmark_node* node) const { cmark_node_free(node); }
  void operator()(cmark_iter* iterator) const { cmark_iter_free(iterator); }
};
using Document = std::unique_ptr<cmark_node, CmarkDeleter>;

/// Languages whose tabs show the HTTP request over again.
constexpr std::array<std::string_view, 14> kSnippetTabs = {
    "csharp", "javascript", "java",       "objc", "go",    "powershell",  "python",
    "php",    "cli",        "typescript", "ruby", "swift", "objective-c", "msgraph-cli"};

Document ParseMarkdown(std::string_view text) {
  cmark_gfm_core_extensions_ensure_registered();
  const std::unique_ptr<cmark_parser, CmarkDeleter> parser(cmark_parser_new(CMARK_OPT_DEFAULT));
  if (cmark_syntax_extension* table = cmark_find_syntax_extension("table")) {
    cmark_parser_attach_syntax_extension(parser.get(), table);
  }
  cmark_parser_feed(parser.get(), text.data(), text.size());
  return Document(cmark_parser_finish(parser.get()));
}

std::string TextFrom(const SourceText& source, int skipped_lines) {
  std::string_view text = source.text();
  for (int line = 0; line < skipped_lines && !text.empty(); ++line) {
    text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
  }
  return std::string(text);
}

/// A line without what it is quoted or indented by.
std::string_view WithoutQuote(std::string_view line) {
  const std::size_t begin = line.find_first_not_of(" \t>");
  return begin == std::string_view::npos ? "" : line.substr(begin);
}

/// Of the line below a table's header (`| --- | :-: |`); 0 where it is none.
std::size_t ColumnsOf(std::string_view line) {
  const bool rules = line.find('-') != std::string_view::npos &&
                     line.find('|') != std::string_view::npos &&
                     line.find_first_not_of("-:| \t\v\f") == std::string_view::npos;
  return rules ? static_cast<std::size_t>(std::count(line.begin(), line.end(), '|')) + 1 : 0;
}

class MarkdownReader {
 public:
  MarkdownReader(const SourceText& source, int skipped_lines)
      : source_(source), skipped_(skipped_lines) {}

  MarkdownText Read() {
    const Document document = ParseMarkdown(TextFrom(source_, skipped_));
    const std::unique_ptr<cmark_iter, CmarkDeleter> iterator(cmark_iter_new(document.get()));
    for (cmark_event_type event = cmark_iter_next(iterator.get()); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(iterator.get())) {
      cmark_node* node = cmark_iter_get_node(iterator.get());
      if (cmark_node_get_type(node) == CMARK_NODE_BLOCK_QUOTE) {
        quotes_ += event == CMARK_EVENT_ENTER ? 1 : -1;
      } else if (event == CMARK_EVENT_ENTER && ReadBlock(node)) {
        cmark_iter_reset(iterator.get(), node, CMARK_EVENT_EXIT);
      }
    }
    return std::move(result_);
  }

 private:
  /// False where the node's children are to be seen.
  bool ReadBlock(cmark_node* node) {
    const cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_DOCUMENT) return false;
    if (type == CMARK_NODE_THEMATIC_BREAK) {
      other_tab_ = false;
    } else if (type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING) {
      ReadText(node, type == CMARK_NODE_HEADING);
    } else if (type == CMARK_NODE_CODE_BLOCK) {
      ReadCode(node);
    } else if (type == CMARK_NODE_HTML_BLOCK) {
      ReadHtml(node);
    } else if (std::string_view(cmark_node_get_type_string(node)) == "table") {
      ReadTable(node);
    } else {
      return false;
    }
    return cmark_node_get_type(node) != CMARK_NODE_THEMATIC_BREAK &&
           type != CMARK_NODE_CODE_BLOCK && type != CMARK_NODE_HTML_BLOCK;
  }

  int FirstLine(cmark_node* node) const {
    for (; node != nullptr; node = cmark_node_parent(node)) {
      const int line = cmark_node_get_start_line(node);
      if (line > 0) return line + skipped_;
    }
    return skipped_ + 1;
  }

  int LastLine(cmark_node* node) const {
    return std::max(FirstLine(node), cmark_node_get_end_line(node) + skipped_);
  }

  void Keep(Block block) {
    block.quoted = quotes_ > 0;
    if (!other_tab_) result_.blocks.push_back(std::move(block));
  }

  void KeepRaw(int first_line, int last_line) {
    std::string raw;
    for (int line = first_line; line <= last_line; ++line) {
      raw += std::string(source_.Line(line)) + "\n";
    }
    result_.raw_sentences.merge(RawSentences(raw));
  }

  void ReadText(cmark_node* node, bool heading) {
    InlineText text = ReadInline(node);
    if (heading && text.link.starts_with("#tab/")) {
      const std::string tab = text.link.substr(5, text.link.find('/', 5) - 5);
      other_tab_ = std::find(kSnippetTabs.begin(), kSnippetTabs.end(), tab) != kSnippetTabs.end();
      return;
    }
    Block block;
    block.passage.first_line = FirstLine(node);
    block.passage.last_line = LastLine(node);
    if (!text.includes.empty()) {
      KeepIncludes(text, block);
      if (heading) other_tab_ = false;  // `---` right below it: cmark reads an underlined heading.
      return;
    }
    if (heading) other_tab_ = false;
    if (!text.comments.empty()) annotation_ = text.comments.back();
    block.kind = heading ? Block::Kind::kHeading : Block::Kind::kParagraph;
    block.level = heading ? cmark_node_get_heading_level(node) : 0;
    block.anchor = std::move(text.anchor);
    block.passage.sentences = std::move(text.sentences);
    KeepRaw(block.passage.first_line, block.passage.last_line);
    if (heading) annotation_ = nullptr;
    if (!block.passage.sentences.empty()) Keep(std::move(block));
  }

  void KeepIncludes(const InlineText& text, const Block& like) {
    for (const Sentence& include : text.includes) {
      Block block = like;
      block.kind = Block::Kind::kInclude;
      block.include_name = include.id;
      block.include_path = include.text;
      // Several in one paragraph stand on a line each.
      for (int line = like.passage.first_line; line <= like.passage.last_line; ++line) {
        if (source_.Line(line).find(include.text) == std::string_view::npos) continue;
        block.passage.first_line = block.passage.last_line = line;
        break;
      }
      Keep(std::move(block));
    }
  }

  void ReadCode(cmark_node* node) {
    Block block;
    block.kind = Block::Kind::kCode;
    int length = 0;
    int offset = 0;
    char character = 0;
    const bool fenced = cmark_node_get_fenced(node, &length, &offset, &character) != 0;
    block.passage.first_line = FirstLine(node) + (fenced ? 1 : 0);
    block.code = cmark_node_get_literal(node);
    block.passage.last_line =
        block.passage.first_line +
        std::max(0, static_cast<int>(std::count(block.code.begin(), block.code.end(), '\n')) - 1);
    const char* info = cmark_node_get_fence_info(node);
    block.language = ToLower(CollapseSpace(info == nullptr ? "" : info));
    block.annotation = std::exchange(annotation_, nullptr);
    Keep(std::move(block));
  }

  void ReadHtml(cmark_node* node) {
    const std::string html = cmark_node_get_literal(node);
    if (html.find("<!--") != std::string::npos) {
      nlohmann::json comment = ReadComment(html);
      if (!comment.is_null()) {
        annotation_ = std::move(comment);
        return;
      }
    }
    for (Block& block : ReadHtmlBlock(html, FirstLine(node), LastLine(node)))
      Keep(std::move(block));
    KeepRaw(FirstLine(node), LastLine(node));
  }

  std::vector<Passage> ReadRow(cmark_node* row, int line) {
    std::vector<Passage> cells;
    for (cmark_node* cell = cmark_node_first_child(row); cell != nullptr;
         cell = cmark_node_next(cell)) {
      cells.push_back({ReadInline(cell).sentences, line, line});
    }
    return cells;
  }

  void ReadTable(cmark_node* node) {
    Block block;
    block.kind = Block::Kind::kTable;
    cmark_node* head = cmark_node_first_child(node);
    if (head == nullptr) return;
    cmark_node* first = cmark_node_next(head);
    // A table that follows a paragraph at once claims the paragraph's first line for its head.
    const int head_line = first != nullptr ? FirstLine(first) - 2 : LastLine(node) - 1;
    block.table.header = ReadRow(head, head_line);
    for (cmark_node* row = first; row != nullptr; row = cmark_node_next(row)) {
      block.table.rows.push_back(ReadRow(row, FirstLine(row)));
    }
    block.passage.first_line = head_line;
    block.passage.last_line = LastLine(node);
    block.annotation = std::exchange(annotation_, nullptr);
    KeepRaw(head_line, block.passage.last_line);
    Keep(std::move(block));
  }

  const SourceText& source_;
  int skipped_;
  int quotes_ = 0;
  bool other_tab_ = false;     // inside a snippet of another language
  nlohmann::json annotation_;  // of the comment just read
  MarkdownText result_;
};

}  // namespace

std::size_t CountTableCells(std::string_view text) {
  std::size_t cells = 0;
  std::size_t columns = 0;  // of the table that goes on
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    const std::string_view line = WithoutQuote(text.substr(0, end));
    text.remove_prefix(end);
    text.remove_prefix(text.starts_with("\r\n") ? 2 : text.empty() ? 0 : 1);
    if (line.empty()) {
      columns = 0;
    } else {
      columns = std::max(columns, ColumnsOf(line));
      cells += columns;
    }
  }
  return cells;
}

MarkdownText ReadMarkdown(const SourceText& source, int skipped_lines) {
  return MarkdownReader(source, skipped_lines).Read();
}

}  // namespace conform
