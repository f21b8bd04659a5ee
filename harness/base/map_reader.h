// Reads a YAML mapping strictly: it knows what was asked, so that what was not is a mistake.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/yaml_node.h"

namespace conform {

/// Where the mapping stands: its file, and where complaints go.
struct YamlContext {
  const SourceText& source;
  Diagnostics& diagnostics;

  void Complain(const Span& span, std::string message, std::string advice = "") const {
    diagnostics.Add(source, span, std::move(message), std::move(advice));
  }
  void Warn(const Span& span, std::string message, std::string advice = "") const {
    diagnostics.Warn(source, span, std::move(message), std::move(advice));
  }
};

/// One name of a closed set and what it stands for.
template <typename T>
struct NamedValue {
  std::string_view name;
  T value;
};

class MapReader {
 public:
  /// `what` names the mapping in messages, e.g. "a case" or "response". Where `node` is no mapping
  /// a diagnostic is added at `blame` and every later question answers nothing, quietly.
  MapReader(const YamlContext& context, const YamlNode& node, std::string what, const Span& blame);

  bool valid() const { return mapping_ != nullptr; }

  /// The entry under `key`, or null. Asking makes the key known.
  const YamlEntry* Find(std::string_view key);
  /// Find, and a diagnostic where it is missing or has an empty value.
  const YamlEntry* Require(std::string_view key);

  /// Each answers nothing where the key is absent, and adds a diagnostic where the kind is wrong.
  std::optional<std::string> Text(std::string_view key);
  std::optional<std::string> RequireText(std::string_view key);
  std::optional<std::int64_t> Integer(std::string_view key, std::int64_t min, std::int64_t max);
  std::optional<bool> Bool(std::string_view key);
  /// A text or a list of texts.
  std::vector<std::string> Texts(std::string_view key);
  /// `90s`, `10m`, `1h`, `250ms`, combined as `1m30s`.
  std::optional<std::chrono::milliseconds> Duration(std::string_view key);
  /// One of `names`; anything else is a diagnostic that lists them and names the nearest.
  template <typename T>
  std::optional<T> OneOf(std::string_view key, std::span<const NamedValue<T>> names) {
    const YamlEntry* entry = Find(key);
    if (entry == nullptr) return std::nullopt;
    std::vector<std::string_view> allowed;
    for (const auto& named : names) {
      if (entry->value.kind == YamlNode::Kind::kScalar && entry->value.scalar == named.name) {
        return named.value;
      }
      allowed.push_back(named.name);
    }
    ComplainNotOneOf(*entry, allowed);
    return std::nullopt;
  }

  /// Adds a diagnostic for each key that nobody asked for, with the nearest one asked for.
  void Finish();

 private:
  const YamlEntry* FindScalar(std::string_view key, std::string_view wanted);
  void ComplainNotOneOf(const YamlEntry& entry, const std::vector<std::string_view>& allowed);

  YamlContext context_;
  const YamlNode* mapping_ = nullptr;
  std::string what_;
  Span blame_;
  std::vector<std::string> asked_;  // a key as often as it was asked for
};

/// The span to blame for an entry: the value's, or the key's where the value is empty.
Span BlameSpan(const YamlEntry& entry);

}  // namespace conform
