#include "page/openapi_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/digest.h"
#include "base/json_pointer.h"

namespace conform {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostBytes = std::size_t{256} * 1024 * 1024;

const YamlNode* Step(const YamlNode& node, const std::string& name) {
  if (node.kind == YamlNode::Kind::kMapping) return node.Find(name);
  if (node.kind != YamlNode::Kind::kSequence) return nullptr;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    if (name == std::to_string(i)) return &node.items[i];
  }
  return nullptr;
}

const YamlNode* FindNode(const YamlNode& root, const std::vector<std::string>& names) {
  const YamlNode* node = &root;
  for (const std::string& name : names) {
    node = Step(*node, name);
    if (node == nullptr) return nullptr;
  }
  return node;
}

void ReplaceAll(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

}  // namespace

std::vector<std::string> NamesOfPointer(std::string_view pointer) {
  std::vector<std::string> names;
  while (!pointer.empty() && pointer.front() == '/') {
    pointer.remove_prefix(1);
    std::string name(pointer.substr(0, pointer.find('/')));
    pointer.remove_prefix(name.size());
    ReplaceAll(name, "~1", "/");
    ReplaceAll(name, "~0", "~");
    names.push_back(std::move(name));
  }
  return names;
}

std::string JoinPointer(const std::string& pointer, std::string_view name) {
  return pointer + "/" + EscapePointerName(name);
}

Expected<std::shared_ptr<const OpenApiFile>> OpenApiFile::Load(const std::filesystem::path& path,
                                                               std::size_t large) {
  auto source = SourceText::Load(path, kMostBytes);
  if (!source) return Fail(fmt::format("{}: {}", path.string(), source.error().message));
  auto file = std::make_shared<OpenApiFile>();
  file->path_ = path;
  file->source_ = std::move(*source);
  file->sha256_ = Sha256Hex(file->source_->text());
  if (path.extension() == ".json") {
    Expected<JsonRanges> ranges = JsonRanges::Of(file->source_->text());
    if (!ranges) return Fail(fmt::format("{}:{}", path.string(), ranges.error().message));
    file->json_ = std::move(*ranges);
  } else if (Expected<void> read = file->ReadYaml(large); !read) {
    return tl::unexpected(read.error());
  }
  return file;
}

Expected<void> OpenApiFile::ReadYaml(std::size_t large) {
  Diagnostics diagnostics;
  bool good = true;
  if (source_->text().size() > large) {
    rewritten_ = ReadYamlAsJson(*source_, diagnostics);
    good = rewritten_.has_value();
    if (good) json_ = JsonRanges::OfWritten(rewritten_->text);
  } else {
    std::optional<YamlNode> root = ParseYaml(*source_, diagnostics, YamlMerges::kTaken);
    good = root.has_value();
    if (good) yaml_ = std::move(*root);
  }
  if (good) return {};
  return Fail(fmt::format("{}: no YAML\n{}", path_.string(), diagnostics.RenderAll()));
}

std::optional<Json> OpenApiFile::Value(std::string_view pointer) const {
  // RFC 6901 §3: `#Pet` is no pointer, and none to the whole document.
  if (!pointer.empty() && pointer.front() != '/') return std::nullopt;
  const std::vector<std::string> names = NamesOfPointer(pointer);
  if (!json_) {
    const YamlNode* node = FindNode(yaml_, names);
    return node == nullptr ? std::nullopt : std::optional(ToJson(*node));
  }
  const std::optional<JsonRange> range = json_->Find(names);
  if (!range) return std::nullopt;
  const char* text = json_text().data();
  return Json::parse(text + range->begin, text + range->end, nullptr, false);
}

std::vector<std::string> OpenApiFile::Keys(std::string_view pointer) const {
  std::vector<std::string> keys;
  const std::vector<std::string> names = NamesOfPointer(pointer);
  if (!json_) {
    const YamlNode* node = FindNode(yaml_, names);
    if (node == nullptr) return keys;
    for (const YamlEntry& entry : node->entries) keys.push_back(entry.key);
  } else if (const std::optional<JsonRange> range = json_->Find(names)) {
    if (json_text()[range->begin] != '{') return keys;
    for (const JsonMember& member : json_->MembersOf(*range)) keys.push_back(member.name);
  }
  return keys;
}

void OpenApiFile::FindLineStarts() const {
  const std::string& text = source_->text();
  line_starts_.push_back(0);
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1)) {
    line_starts_.push_back(at + 1);
  }
}

Span OpenApiFile::PlaceOf(const JsonRange& range) const {
  if (rewritten_) return rewritten_->PlaceOf(range.begin, *source_);
  if (line_starts_.empty()) FindLineStarts();
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), range.begin);
  const int line = static_cast<int>(after - line_starts_.begin());
  const std::size_t column = range.begin - *(after - 1);
  return {line, source_->Column(line, column), 1};
}

Span OpenApiFile::Place(std::string_view pointer) const {
  std::vector<std::string> names = NamesOfPointer(pointer);
  for (;; names.pop_back()) {
    if (!json_) {
      const YamlNode* node = FindNode(yaml_, names);
      if (node != nullptr) return node->span;
    } else if (const std::optional<JsonRange> range = json_->Find(names)) {
      return PlaceOf(*range);
    }
    if (names.empty()) return {1, 1, 1};
  }
}

}  // namespace conform
