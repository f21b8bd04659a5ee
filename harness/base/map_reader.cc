#include "base/map_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "base/duration.h"
#include "base/nearest_name.h"
#include "base/utf8.h"

namespace conform {
namespace {

constexpr std::size_t kMaxShown = 60;   // characters of a key or value in a message
constexpr std::size_t kUsualKeys = 16;  // asked for in one mapping

bool IsEmpty(const YamlNode& node) {
  return node.kind == YamlNode::Kind::kNull ||
         (node.kind == YamlNode::Kind::kScalar && node.scalar.empty());
}

std::string DescribeRange(std::int64_t min, std::int64_t max) {
  if (max == std::numeric_limits<std::int64_t>::max()) return fmt::format("of at least {}", min);
  return fmt::format("from {} to {}", min, max);
}

std::string KnownKeys(const std::vector<std::string_view>& keys) {
  return keys.empty() ? "no key is known here" : "known keys: " + JoinOr(keys);
}

/// In the order of the first of each.
std::vector<std::string_view> EachOnce(const std::vector<std::string>& names) {
  std::vector<std::string_view> once;
  for (const std::string& name : names) {
    if (std::find(once.begin(), once.end(), name) == once.end()) once.emplace_back(name);
  }
  return once;
}

}  // namespace

Span BlameSpan(const YamlEntry& entry) {
  return IsEmpty(entry.value) ? entry.key_span : entry.value.span;
}

MapReader::MapReader(const YamlContext& context, const YamlNode& node, std::string what,
                     const Span& blame)
    : context_(context), what_(std::move(what)), blame_(blame) {
  if (node.kind == YamlNode::Kind::kMapping) {
    mapping_ = &node;
    asked_.reserve(kUsualKeys);
    return;
  }
  context_.Complain(blame_, fmt::format("{} must be a mapping, not {}", what_, DescribeKind(node)),
                    "write it as `key: value`");
}

const YamlEntry* MapReader::Find(std::string_view key) {
  asked_.emplace_back(key);
  if (mapping_ == nullptr) return nullptr;
  for (const YamlEntry& entry : mapping_->entries) {
    if (entry.key == key) return &entry;
  }
  return nullptr;
}

const YamlEntry* MapReader::Require(std::string_view key) {
  const YamlEntry* entry = Find(key);
  if (entry == nullptr) {
    if (valid()) {
      context_.Complain(blame_, fmt::format("'{}' is missing from {}", key, what_),
                        fmt::format("add `{}: …`", key));
    }
    return nullptr;
  }
  if (!IsEmpty(entry->value)) return entry;
  context_.Complain(BlameSpan(*entry), fmt::format("'{}' is empty", key));
  return nullptr;
}

const YamlEntry* MapReader::FindScalar(std::string_view key, std::string_view wanted) {
  const YamlEntry* entry = Find(key);
  if (entry == nullptr || entry->value.kind == YamlNode::Kind::kScalar) return entry;
  if (entry->value.kind == YamlNode::Kind::kNull) {
    context_.Complain(entry->key_span, fmt::format("'{}' is empty", key));
  } else {
    context_.Complain(entry->value.span, fmt::format("'{}' must be {}, not {}", key, wanted,
                                                     DescribeKind(entry->value)));
  }
  return nullptr;
}

std::optional<std::string> MapReader::Text(std::string_view key) {
  const YamlEntry* entry = FindScalar(key, "text");
  if (entry == nullptr) return std::nullopt;
  return entry->value.scalar;
}

std::optional<std::string> MapReader::RequireText(std::string_view key) {
  if (Require(key) == nullptr) return std::nullopt;
  return Text(key);
}

std::optional<std::int64_t> MapReader::Integer(std::string_view key, std::int64_t min,
                                               std::int64_t max) {
  const YamlEntry* entry = FindScalar(key, "a whole number " + DescribeRange(min, max));
  if (entry == nullptr) return std::nullopt;
  const nlohmann::json value = ToJson(entry->value);
  // An unsigned number here is one that no signed one can hold.
  if (value.is_number_integer() && !value.is_number_unsigned()) {
    const auto number = value.get<std::int64_t>();
    if (number >= min && number <= max) return number;
  }
  context_.Complain(BlameSpan(*entry),
                    fmt::format("'{}' must be a whole number {}", key, DescribeRange(min, max)));
  return std::nullopt;
}

std::optional<bool> MapReader::Bool(std::string_view key) {
  const YamlEntry* entry = FindScalar(key, "true or false");
  if (entry == nullptr) return std::nullopt;
  const nlohmann::json value = ToJson(entry->value);
  if (value.is_boolean()) return value.get<bool>();
  const std::string& text = entry->value.scalar;
  context_.Complain(
      BlameSpan(*entry),
      fmt::format("'{}' must be true or false, not {}", key, DescribeValue(entry->value)),
      text == "true" || text == "false" ? "write it without quotes" : "");
  return std::nullopt;
}

std::vector<std::string> MapReader::Texts(std::string_view key) {
  const YamlEntry* entry = Find(key);
  if (entry == nullptr) return {};
  if (entry->value.kind != YamlNode::Kind::kSequence) {
    const YamlEntry* scalar = FindScalar(key, "text or a list of texts");
    if (scalar == nullptr) return {};
    return {scalar->value.scalar};
  }
  std::vector<std::string> texts;
  for (const YamlNode& item : entry->value.items) {
    if (item.kind == YamlNode::Kind::kScalar) {
      texts.push_back(item.scalar);
    } else if (item.kind == YamlNode::Kind::kNull) {
      context_.Complain(item.span, fmt::format("an item of '{}' is empty", key));
    } else {
      context_.Complain(
          item.span, fmt::format("an item of '{}' must be text, not {}", key, DescribeKind(item)));
    }
  }
  return texts;
}

std::optional<std::chrono::milliseconds> MapReader::Duration(std::string_view key) {
  const YamlEntry* entry = FindScalar(key, "a length of time");
  if (entry == nullptr) return std::nullopt;
  const auto duration = ParseDuration(entry->value.scalar);
  if (!duration) {
    context_.Complain(
        BlameSpan(*entry),
        fmt::format("'{}' must be a length of time, not {}", key, DescribeValue(entry->value)),
        "write it like 250ms, 90s, 10m, 1h or 1m30s, up to 1000h");
  }
  return duration;
}

void MapReader::ComplainNotOneOf(const YamlEntry& entry,
                                 const std::vector<std::string_view>& allowed) {
  const std::string choice = (allowed.size() > 1 ? "one of " : "") + JoinOr(allowed);
  const std::string key = ShowLine(entry.key, kMaxShown);
  if (IsEmpty(entry.value)) {
    context_.Complain(entry.key_span, fmt::format("'{}' is empty", key), "write " + choice);
    return;
  }
  const bool is_scalar = entry.value.kind == YamlNode::Kind::kScalar;
  context_.Complain(entry.value.span,
                    fmt::format("'{}' must be {}, not {}", key, choice, DescribeValue(entry.value)),
                    is_scalar ? DidYouMean(entry.value.scalar, allowed) : "");
}

void MapReader::Finish() {
  if (mapping_ == nullptr) return;
  std::vector<std::string_view> asked;
  std::size_t unknown = 0;
  for (const YamlEntry& entry : mapping_->entries) {
    if (std::find(asked_.begin(), asked_.end(), entry.key) != asked_.end()) continue;
    if (unknown == 0) asked = EachOnce(asked_);
    // More would not be shown, and looking for near names takes time.
    if (++unknown > kMaxDiagnosticsShown + 1) return;
    std::string advice = DidYouMean(entry.key, asked);
    if (advice.empty()) advice = KnownKeys(asked);
    context_.Complain(entry.key_span,
                      fmt::format("unknown key '{}' in {}", ShowLine(entry.key, kMaxShown), what_),
                      std::move(advice));
  }
}

}  // namespace conform
