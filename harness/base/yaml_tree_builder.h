// Puts a YamlNode together from yaml-cpp's events, within bounds, and complains with places.
#pragma once

#include <yaml-cpp/eventhandler.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/yaml_node.h"

namespace conform {

/// What aliases may unfold to, in bytes of scalars: a million copies of a long text are one too
/// many.
inline constexpr std::size_t kMaxYamlBytes = std::size_t{64} * 1024 * 1024;

/// Puts the tree together, event by event. yaml-cpp's own nodes would hide duplicate keys.
class YamlTreeBuilder final : public YAML::EventHandler {
 public:
  /// Thrown through yaml-cpp, which knows no other way to be stopped; ParseYaml catches it.
  struct Stop {};

  YamlTreeBuilder(const SourceText& source, Diagnostics& diagnostics, YamlMerges merges)
      : source_(source), diagnostics_(diagnostics), merges_(merges) {}

  bool clean() const { return mistakes_ == 0; }
  /// Where the innermost list or mapping begins that was not closed; line 0 where there is none.
  Span InnermostOpen(YamlNode::Kind kind) const;
  YamlNode TakeRoot() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    OpenCollection(YamlNode::Kind::kSequence, mark, tag, anchor);
    open_.back().has_dashes = style == YAML::EmitterStyle::Block;
  }
  void OnSequenceEnd() override { CloseCollection(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    OpenCollection(YamlNode::Kind::kMapping, mark, tag, anchor);
  }
  void OnMapEnd() override { CloseCollection(); }

 private:
  /// What a part of the tree holds.
  struct Size {
    std::size_t nodes = 0;
    std::size_t bytes = 0;
    std::size_t height = 0;  ///< levels of lists and mappings.
  };
  /// A list or mapping that is still being read.
  struct Open {
    YamlNode node;
    YAML::anchor_t anchor = YAML::NullAnchor;
    Size before;  ///< the tree's size when it was opened.
    std::size_t height = 1;
    bool has_dashes = false;  ///< a list that is written without brackets.
    bool has_key = false;     ///< the next value belongs to `key`.
    std::string key;
    Span key_span;
    std::optional<std::size_t> merge;  ///< which of its entries is a merge key.
    std::unique_ptr<std::unordered_map<std::string, int>> key_lines;  ///< once there are many.
  };
  struct Anchored {
    YamlNode node;
    Size size;
  };

  bool ExpectsKey() const {
    return !open_.empty() && open_.back().node.kind == YamlNode::Kind::kMapping &&
           !open_.back().has_key;
  }
  void OpenCollection(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag,
                      YAML::anchor_t anchor);
  /// Puts what the entry at `at` merges beside the others, where they say nothing of it.
  void Merge(std::size_t at, std::vector<YamlEntry>& entries);
  void CloseCollection();
  void Place(YamlNode node, std::size_t height);
  void TakeKey(std::string key, const Span& span);
  int FirstLineOf(Open& mapping, const std::string& key);
  void Remember(YAML::anchor_t anchor, const YamlNode& node, const Size& size);
  /// Stops where `size` more would be too much.
  void CheckBounds(const Size& size, const Span& span);
  /// CheckBounds and counts, before anything is built, so that memory stays within the bounds.
  void Spend(const Size& size, const Span& span);
  void CheckTag(const std::string& tag, const Span& span);
  void Complain(const Span& span, std::string message, std::string advice);
  [[noreturn]] void ComplainAndStop(const Span& span, std::string message, std::string advice);

  const SourceText& source_;
  Diagnostics& diagnostics_;
  const YamlMerges merges_;
  std::size_t documents_ = 0;
  std::size_t mistakes_ = 0;
  YamlNode root_;
  std::vector<Open> open_;
  std::unordered_map<YAML::anchor_t, Anchored> anchored_;
  Size tree_;    ///< what was placed.
  Size copies_;  ///< what anchors keep besides.
};

}  // namespace conform
