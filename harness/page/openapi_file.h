// One file of an API description, JSON or YAML, read where it is asked for.
#pragma once

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/error.h"
#include "base/yaml_as_json.h"
#include "base/yaml_node.h"
#include "page/json_ranges.h"

namespace conform {

/// Splits a JSON pointer into its names; `~1` and `~0` are undone.
std::vector<std::string> NamesOfPointer(std::string_view pointer);
/// `pointer` and one name more.
std::string JoinPointer(const std::string& pointer, std::string_view name);

class OpenApiFile {
 public:
  /// Files of at most 256 MiB; what ends in .json is JSON, all else YAML. Errors: unreadable, no
  /// UTF-8, neither; they begin with the path.
  /// YAML of more than `large` bytes is held as JSON text instead of a tree.
  static Expected<std::shared_ptr<const OpenApiFile>> Load(const std::filesystem::path& path,
                                                           std::size_t large = kMaxSourceBytes);

  /// What stands at a JSON pointer, parsed now; nothing where nothing does.
  std::optional<nlohmann::json> Value(std::string_view pointer) const;
  /// An object's names, in written order.
  std::vector<std::string> Keys(std::string_view pointer) const;
  /// Where it stands, or what stands nearest above it.
  Span Place(std::string_view pointer) const;

  const SourceText& source() const { return *source_; }
  const std::filesystem::path& path() const { return path_; }
  const std::string& sha256() const { return sha256_; }

 private:
  Expected<void> ReadYaml(std::size_t large);
  const std::string& json_text() const { return rewritten_ ? rewritten_->text : source_->text(); }
  Span PlaceOf(const JsonRange& range) const;
  void FindLineStarts() const;

  std::filesystem::path path_;
  std::shared_ptr<const SourceText> source_;
  std::string sha256_;
  std::optional<JsonRanges> json_;
  std::optional<YamlAsJson> rewritten_;  // large YAML
  YamlNode yaml_;
  mutable std::vector<std::size_t>
      line_starts_;  // of JSON, found when the first place is asked for
};

}  // namespace conform
