#include "base/yaml_tree_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "base/utf8.h"
#include "base/yaml_place.h"

namespace conform {
namespace {

constexpr std::size_t kMaxMistakes = 50;
/// From so many keys on, a mapping finds its duplicates by hash.
constexpr std::size_t kManyKeys = 16;

}  // namespace

void YamlTreeBuilder::Complain(const Span& span, std::string message, std::string advice) {
  diagnostics_.Add(source_, span, std::move(message), std::move(advice));
  if (++mistakes_ >= kMaxMistakes) throw Stop();
}

void YamlTreeBuilder::ComplainAndStop(const Span& span, std::string message, std::string advice) {
  Complain(span, std::move(message), std::move(advice));
  throw Stop();
}

Span YamlTreeBuilder::InnermostOpen(YamlNode::Kind kind) const {
  Span innermost;
  for (const Open& open : open_) {
    if (open.node.kind == kind) innermost = open.node.span;
  }
  return innermost;
}

void YamlTreeBuilder::OnDocumentStart(const YAML::Mark& mark) {
  if (documents_++ == 0) return;
  ComplainAndStop(SpanAt(source_, mark), "a second document begins here",
                  "keep one document in a file; where none was meant, check the indentation");
}

void YamlTreeBuilder::CheckTag(const std::string& tag, const Span& span) {
  if (tag == "?" || tag == "!" || tag.empty() || tag == "tag:yaml.org,2002:str") return;
  Complain(span, fmt::format("the tag '{}' is not read", ShowLine(tag, 60)),
           "write the value without a tag");
}

void YamlTreeBuilder::CheckBounds(const Size& size, const Span& span) {
  if (tree_.nodes + copies_.nodes + size.nodes > kMaxYamlNodes ||
      tree_.bytes + copies_.bytes + size.bytes > kMaxYamlBytes) {
    ComplainAndStop(span,
                    fmt::format("the file unfolds to over {} values or {} MiB", kMaxYamlNodes,
                                kMaxYamlBytes >> 20),
                    "write it with fewer aliases, or as several files");
  }
}

void YamlTreeBuilder::Spend(const Size& size, const Span& span) {
  CheckBounds(size, span);
  tree_.nodes += size.nodes;
  tree_.bytes += size.bytes;
}

void YamlTreeBuilder::Remember(YAML::anchor_t anchor, const YamlNode& node, const Size& size) {
  if (anchor == YAML::NullAnchor) return;
  CheckBounds(size, node.span);
  copies_.nodes += size.nodes;
  copies_.bytes += size.bytes;
  anchored_[anchor] = {node, size};
}

int YamlTreeBuilder::FirstLineOf(Open& mapping, const std::string& key) {
  const std::vector<YamlEntry>& entries = mapping.node.entries;
  if (entries.size() < kManyKeys) {
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [&key](const YamlEntry& entry) { return entry.key == key; });
    return found == entries.end() ? 0 : found->key_span.line;
  }
  if (mapping.key_lines == nullptr) {
    mapping.key_lines = std::make_unique<std::unordered_map<std::string, int>>();
    for (const YamlEntry& entry : entries) {
      mapping.key_lines->emplace(entry.key, entry.key_span.line);
    }
  }
  const auto [found, is_new] = mapping.key_lines->emplace(key, mapping.key_span.line);
  return is_new ? 0 : found->second;
}

void YamlTreeBuilder::TakeKey(std::string key, const Span& span) {
  Open& mapping = open_.back();
  mapping.has_key = true;
  mapping.key_span = span;
  if (const int line = FirstLineOf(mapping, key); line != 0) {
    Complain(span, fmt::format("duplicate key '{}', first at line {}", ShowLine(key, 60), line),
             "remove one of the two");
  }
  mapping.key = std::move(key);
}

void YamlTreeBuilder::Place(YamlNode node, std::size_t height) {
  if (open_.empty()) {
    root_ = std::move(node);
    return;
  }
  Open& parent = open_.back();
  parent.height = std::max(parent.height, height + 1);
  if (parent.node.kind == YamlNode::Kind::kSequence) {
    parent.node.items.push_back(std::move(node));
    return;
  }
  parent.node.entries.push_back({std::move(parent.key), parent.key_span, std::move(node)});
  parent.has_key = false;
}

void YamlTreeBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  YamlNode node;
  const bool is_item = !open_.empty() && open_.back().has_dashes;
  node.span = is_item ? SpanOfEmptyItem(source_, mark, open_.back().node.span.line)
                      : SpanOfNull(source_, mark);
  if (ExpectsKey()) {
    ComplainAndStop(node.span, "a key must be text, not nothing", "put the key in quotes");
  }
  const Size size{1, 0, 0};
  Spend(size, node.span);
  Remember(anchor, node, size);
  Place(std::move(node), 0);
}

void YamlTreeBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag,
                               YAML::anchor_t anchor, const std::string& value) {
  YamlNode node;
  node.kind = YamlNode::Kind::kScalar;
  node.quoted = tag != "?";
  node.span = SpanOfScalar(source_, mark, value);
  CheckTag(tag, node.span);
  if (node.quoted && !IsClosedScalar(source_, mark)) {
    ComplainAndStop(node.span, "not YAML: the quotes are never closed", "close them");
  }
  const bool is_key = ExpectsKey();
  const Size size{1, value.size(), 0};
  Spend(size, node.span);
  node.scalar = value;
  Remember(anchor, node, size);
  if (!is_key) return Place(std::move(node), 0);
  const bool merges = value == "<<" && !node.quoted;
  if (merges && merges_ == YamlMerges::kRefused) {
    Complain(node.span, "'<<' merges another mapping into this one",
             "write the keys out: a case is read by itself");
  }
  if (merges) open_.back().merge = open_.back().node.entries.size();
  TakeKey(std::move(node.scalar), node.span);
}

void YamlTreeBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
  const Span span = SpanAt(source_, mark);
  const auto found = anchored_.find(anchor);
  if (found == anchored_.end()) {
    ComplainAndStop(span, "the alias stands inside what it stands for", "write the value out");
  }
  const auto& [node, size] = found->second;
  if (ExpectsKey()) {
    if (node.kind == YamlNode::Kind::kScalar) {
      Spend(size, span);
      return TakeKey(node.scalar, span);
    }
    ComplainAndStop(span, fmt::format("a key must be text, not {}", DescribeKind(node)),
                    "write the key out");
  }
  if (open_.size() + size.height > static_cast<std::size_t>(kMaxYamlDepth)) {
    ComplainAndStop(span, fmt::format("nested over {} levels deep", kMaxYamlDepth),
                    "write it flatter");
  }
  Spend(size, span);
  Place(node, size.height);
}

void YamlTreeBuilder::OpenCollection(YamlNode::Kind kind, const YAML::Mark& mark,
                                     const std::string& tag, YAML::anchor_t anchor) {
  Open opened;
  opened.node.kind = kind;
  opened.node.span = SpanAt(source_, mark);
  CheckTag(tag, opened.node.span);
  if (open_.size() >= static_cast<std::size_t>(kMaxYamlDepth)) {
    ComplainAndStop(opened.node.span, fmt::format("nested over {} levels deep", kMaxYamlDepth),
                    "write it flatter");
  }
  opened.before = tree_;
  Spend({1, 0, 0}, opened.node.span);
  opened.anchor = anchor;
  open_.push_back(std::move(opened));
}

void YamlTreeBuilder::Merge(std::size_t at, std::vector<YamlEntry>& entries) {
  const Span place = entries[at].key_span;
  YamlNode merged = std::move(entries[at].value);
  entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(at));
  std::vector<YamlNode> parts;
  if (merged.kind == YamlNode::Kind::kSequence) {
    parts = std::move(merged.items);
  } else {
    parts.push_back(std::move(merged));
  }
  std::unordered_set<std::string> taken;
  for (const YamlEntry& entry : entries) taken.insert(entry.key);
  for (YamlNode& part : parts) {
    if (part.kind != YamlNode::Kind::kMapping) {
      ComplainAndStop(place, fmt::format("'<<' merges mappings, not {}", DescribeKind(part)),
                      "write the alias of a mapping behind it, or a list of them");
    }
    for (YamlEntry& entry : part.entries) {
      if (taken.insert(entry.key).second) entries.push_back(std::move(entry));
    }
  }
}

void YamlTreeBuilder::CloseCollection() {
  Open closed = std::move(open_.back());
  open_.pop_back();
  if (closed.merge && merges_ == YamlMerges::kTaken) Merge(*closed.merge, closed.node.entries);
  // Only now: a bracket that is never closed comes as a key too.
  if (ExpectsKey()) {
    ComplainAndStop(closed.node.span,
                    fmt::format("a key must be text, not {}", DescribeKind(closed.node)),
                    "put a text that begins with '{' or '[' in quotes");
  }
  const Size size{tree_.nodes - closed.before.nodes, tree_.bytes - closed.before.bytes,
                  closed.height};
  Remember(closed.anchor, closed.node, size);
  Place(std::move(closed.node), closed.height);
}

}  // namespace conform
