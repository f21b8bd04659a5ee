// YAML as a tree that knows where each part stands, built from the parser's events.
#pragma once

#include <cstddef>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/source_text.h"

namespace conform {

struct YamlEntry;

/// One YAML value. Aliases are already replaced by what they stand for.
struct YamlNode {
  enum class Kind { kNull, kScalar, kSequence, kMapping };

  Kind kind = Kind::kNull;
  bool quoted = false;             ///< a scalar in quotes or a block scalar: always a string.
  std::string scalar;              ///< as written, escapes resolved.
  Span span;                       ///< of the scalar, or of the first character.
  std::vector<YamlNode> items;     ///< of a sequence.
  std::vector<YamlEntry> entries;  ///< of a mapping, in written order.

  /// The value under `key`, or null.
  const YamlNode* Find(std::string_view key) const;
};

struct YamlEntry {
  std::string key;
  Span key_span;
  YamlNode value;
};

/// Bounds on what one file may unfold to: far above any case a person writes, far below what
/// hurts.
inline constexpr int kMaxYamlDepth = 100;
inline constexpr std::size_t kMaxYamlNodes = 1'000'000;

/// What `<<: *other` is (https://yaml.org/type/merge.html).
enum class YamlMerges {
  kRefused,  ///< a mistake: files of our own are read by what stands in them.
  kTaken,    ///< the other's keys, where they are not written beside it.
};

/// Reads one YAML document. On any mistake (not YAML, several documents, a duplicate or
/// non-scalar key, too deep, too many nodes) adds a diagnostic and returns nothing.
std::optional<YamlNode> ParseYaml(const SourceText& source, Diagnostics& diagnostics,
                                  YamlMerges merges = YamlMerges::kRefused);

/// The same, by yaml-cpp alone: ParseYaml asks it only where plain_yaml.h gives up.
std::optional<YamlNode> ParseYamlByEvents(const SourceText& source, Diagnostics& diagnostics,
                                          YamlMerges merges = YamlMerges::kRefused);

/// The value as JSON by YAML 1.2's core schema: plain true/false/null and numbers are typed,
/// everything else is text.
nlohmann::json ToJson(const YamlNode& node);

/// False of a scalar that writes a number which ToJson does not keep: a whole one beyond 64 bits is
/// rounded, one beyond a double becomes text.
bool HoldsNumber(const YamlNode& node);

/// `a mapping`, `a list`, `nothing`, `text`, `a number`, `true or false`: for messages.
std::string_view DescribeKind(const YamlNode& node);
/// The text of a scalar as it is quoted in a message, at most 60 characters, else its kind.
std::string DescribeValue(const YamlNode& node);

}  // namespace conform
