#include "page/page_loader.h"

#include <fmt/format.h>

#include <fstream>
#include <sstream>
#include <utility>

#include "base/digest.h"
#include "base/folder.h"
#include "base/utf8.h"
#include "page/front_matter.h"
#include "page/markdown_reader.h"
#include "page/sections.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxIncludeBytes = std::size_t{1} << 20;
constexpr int kMaxIncludes = 100;
constexpr int kMaxIncludeDepth = 3;

std::string WithPlainLineEnds(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  std::string text;
  text.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] == '\r' && i + 1 < bytes.size() && bytes[i + 1] == '\n') continue;
    text += bytes[i] == '\r' ? '\n' : bytes[i];
  }
  return text;
}

/// Snippets in other languages and links to their libraries: no facts.
bool IsSample(const Block& include) {
  return include.include_path.find("/snippets/") != std::string::npos ||
         include.include_name.starts_with("sample-code") ||
         include.include_name.starts_with("sdk-doc");
}

class Includes {
 public:
  Includes(const Page& page, const OpenInclude& open, Diagnostics& diagnostics)
      : page_(page), open_(open), diagnostics_(diagnostics) {}

  /// Puts what each INCLUDE line names behind it.
  std::vector<Block> Follow(std::vector<Block> blocks, int depth,
                            std::map<std::string, std::string>& raw_sentences) {
    std::vector<Block> followed;
    for (Block& block : blocks) {
      followed.push_back(std::move(block));
      if (followed.back().kind != Block::Kind::kInclude || IsSample(followed.back())) continue;
      const Block include = followed.back();
      for (Block& inner : Read(include, depth, raw_sentences)) followed.push_back(std::move(inner));
    }
    return followed;
  }

 private:
  std::vector<Block> Read(const Block& include, int depth,
                          std::map<std::string, std::string>& raw_sentences) {
    if (depth >= kMaxIncludeDepth || ++read_ > kMaxIncludes) return {};
    const std::optional<std::string> bytes = open_(include.include_path);
    if (!bytes || FindMalformedUtf8(*bytes) || CountTableCells(*bytes) > kMostTableCells) {
      if (!include.included) Warn(include);
      return {};
    }
    const SourceText source(include.include_path, WithPlainLineEnds(*bytes));
    MarkdownText text = ReadMarkdown(source, ReadFrontMatter(source).last_line);
    raw_sentences.merge(text.raw_sentences);
    for (Block& block : text.blocks) MoveTo(include, block);
    return Follow(std::move(text.blocks), depth + 1, raw_sentences);
  }

  void Warn(const Block& include) {
    const int line = include.passage.first_line;
    diagnostics_.Warn(*page_.source, Span{line, 1, 1},
                      fmt::format("INCLUDE names {}, which is no file of the page's repository",
                                  include.include_path),
                      "what it says is not read; put the file there and import again");
  }

  /// In the page it stands where the INCLUDE line does.
  static void MoveTo(const Block& include, Block& block) {
    const auto move = [&include](Passage& passage) {
      passage.first_line = include.passage.first_line;
      passage.last_line = include.passage.last_line;
    };
    block.included = true;
    block.quoted = block.quoted || include.quoted;
    move(block.passage);
    for (Passage& cell : block.table.header) move(cell);
    for (std::vector<Passage>& row : block.table.rows) {
      for (Passage& cell : row) move(cell);
    }
  }

  const Page& page_;
  const OpenInclude& open_;
  Diagnostics& diagnostics_;
  int read_ = 0;
};

/// The nearest folder upward that is the root of a repository, else of a set of pages; else the one
/// two above the page's, where Microsoft Graph's pages have their includes.
fs::path RepositoryOf(const fs::path& folder) {
  std::error_code failed;
  for (const char* root : {".git", "docfx.json"}) {
    for (fs::path at = folder; at.has_relative_path(); at = at.parent_path()) {
      if (fs::exists(at / root, failed)) return at;
    }
  }
  return folder.parent_path().parent_path();
}

}  // namespace

OpenInclude IncludesBeside(const std::filesystem::path& folder) {
  std::error_code unknown;
  const fs::path here = fs::weakly_canonical(fs::absolute(folder.empty() ? "." : folder), unknown);
  return [here,
          repository = RepositoryOf(here)](const std::string& path) -> std::optional<std::string> {
    std::error_code failed;
    const auto file = ResolveBelow(repository, here / path);
    if (!file || path.empty() || path.front() == '/') return std::nullopt;
    if (file->extension() != ".md") return std::nullopt;
    if (!fs::is_regular_file(*file, failed) || failed) return std::nullopt;
    if (fs::file_size(*file, failed) > kMaxIncludeBytes || failed) return std::nullopt;
    std::ifstream stream(*file, std::ios::binary);
    std::ostringstream bytes;
    bytes << stream.rdbuf();
    if (!stream) return std::nullopt;
    return bytes.str();
  };
}

Expected<Page> LoadPage(const std::string& address, const std::string& bytes,
                        const OpenInclude& open, Diagnostics& diagnostics) {
  if (bytes.size() > kMaxSourceBytes) {
    return Fail(fmt::format("{}: larger than {} MiB, which no page is", address,
                            kMaxSourceBytes / 1024 / 1024));
  }
  if (const auto at = FindMalformedUtf8(bytes)) {
    return Fail(
        fmt::format("{}: no UTF-8 text: byte {} belongs to no character", address, *at + 1));
  }
  if (CountTableCells(bytes) > kMostTableCells) {
    return Fail(fmt::format("{}: its tables have more than {} cells, which those of no page have",
                            address, kMostTableCells));
  }
  Page page;
  page.address = address;
  page.sha256 = Sha256Hex(bytes);
  page.source = std::make_shared<SourceText>(address, WithPlainLineEnds(bytes));
  page.front_matter = ReadFrontMatter(*page.source);
  MarkdownText text = ReadMarkdown(*page.source, page.front_matter.last_line);
  page.raw_sentences = std::move(text.raw_sentences);
  page.blocks =
      Includes(page, open, diagnostics).Follow(std::move(text.blocks), 0, page.raw_sentences);
  AssignSections(page.blocks);
  return page;
}

}  // namespace conform
