#include "case/text_template.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/json_text.h"

namespace conform {
namespace {

using Kind = Placeholder::Kind;

struct Word {
  std::string_view text;
  Kind kind;
  bool named;  // followed by `.name`
};

constexpr std::array kWords = {
    Word{"token", Kind::kToken, false},    Word{"uuid", Kind::kUuid, false},
    Word{"now", Kind::kNow, false},        Word{"row", Kind::kRow, true},
    Word{"capture", Kind::kCapture, true}, Word{"var", Kind::kVar, true}};

std::optional<Placeholder> ReadWord(std::string_view inside) {
  const std::size_t dot = inside.find('.');
  for (const Word& word : kWords) {
    if (word.text != inside.substr(0, dot)) continue;
    const bool named = dot != std::string_view::npos && dot + 1 < inside.size();
    if (word.named != named || (!named && dot != std::string_view::npos)) return std::nullopt;
    return Placeholder{word.kind, named ? std::string(inside.substr(dot + 1)) : "", 0, 0};
  }
  return std::nullopt;
}

void AppendText(const nlohmann::json& value, std::string& text) {
  if (value.is_string()) {
    text += value.get_ref<const std::string&>();
  } else {
    text += WriteJsonText(value);
  }
}

template <typename Map>
const typename Map::mapped_type* FindIn(const Map& map, const std::string& name) {
  const auto found = map.find(name);
  return found == map.end() ? nullptr : &found->second;
}

/// The first from `from` on; nothing where there is none.
Expected<std::optional<Placeholder>> NextPlaceholder(std::string_view text, std::size_t from) {
  const std::size_t begin = text.find("${", from);
  if (begin == std::string_view::npos) return std::nullopt;
  const std::size_t close = text.find('}', begin);
  if (close == std::string_view::npos) return Fail("'${' is not closed by '}'");
  const std::string_view inside = text.substr(begin + 2, close - begin - 2);
  std::optional<Placeholder> placeholder = ReadWord(inside);
  if (!placeholder) return Fail(fmt::format("'${{{}}}' is no known placeholder", inside));
  placeholder->begin = begin;
  placeholder->end = close + 1;
  return placeholder;
}

}  // namespace

Expected<std::vector<Placeholder>> FindPlaceholders(std::string_view text) {
  std::vector<Placeholder> found;
  std::size_t from = 0;
  while (true) {
    auto next = NextPlaceholder(text, from);
    if (!next) return tl::unexpected(next.error());
    if (!*next) return found;
    from = (*next)->end;
    found.push_back(**std::move(next));
  }
}

const std::string* Scope::FindText(const Placeholder& placeholder) const {
  switch (placeholder.kind) {
    case Kind::kToken:
      return &token;
    case Kind::kUuid:
      return &uuid;
    case Kind::kNow:
      return &now;
    case Kind::kVar:
      return variables == nullptr ? nullptr : FindIn(*variables, placeholder.name);
    case Kind::kRow:
    case Kind::kCapture:
      return nullptr;
  }
  return nullptr;
}

const nlohmann::json* Scope::FindValue(const Placeholder& placeholder) const {
  if (placeholder.kind == Kind::kCapture) return FindIn(captures, placeholder.name);
  if (placeholder.kind != Kind::kRow || columns == nullptr || row == nullptr) return nullptr;
  const auto column = std::find(columns->begin(), columns->end(), placeholder.name);
  if (column == columns->end()) return nullptr;
  return &(*row)[static_cast<std::size_t>(column - columns->begin())];
}

std::optional<nlohmann::json> Scope::Find(const Placeholder& placeholder) const {
  if (const std::string* text = FindText(placeholder)) return *text;
  if (const nlohmann::json* value = FindValue(placeholder)) return *value;
  return std::nullopt;
}

Expected<std::string> Resolve(std::string_view text, const Scope& scope) {
  std::string resolved;
  std::size_t from = 0;
  while (true) {
    const auto next = NextPlaceholder(text, from);
    if (!next) return tl::unexpected(next.error());
    if (!*next) break;
    const Placeholder& placeholder = **next;
    resolved += text.substr(from, placeholder.begin - from);
    if (const std::string* known = scope.FindText(placeholder)) {
      resolved += *known;
    } else if (const nlohmann::json* value = scope.FindValue(placeholder)) {
      AppendText(*value, resolved);
    } else {
      return Fail(fmt::format("'{}' has no value here",
                              text.substr(placeholder.begin, placeholder.end - placeholder.begin)));
    }
    from = placeholder.end;
  }
  resolved += text.substr(from);
  return resolved;
}

Expected<nlohmann::json> ResolveJson(const nlohmann::json& value, const Scope& scope) {
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    const Expected<std::vector<Placeholder>> placeholders = FindPlaceholders(text);
    if (!placeholders) return Fail(placeholders.error().message);
    const bool whole = placeholders->size() == 1 && placeholders->front().begin == 0 &&
                       placeholders->front().end == text.size();
    if (whole) {
      if (const auto found = scope.Find(placeholders->front())) return *found;
    }
    const Expected<std::string> resolved = Resolve(text, scope);
    if (!resolved) return Fail(resolved.error().message);
    return nlohmann::json(*resolved);
  }
  if (!value.is_structured()) return value;
  nlohmann::json resolved = value;
  for (nlohmann::json& item : resolved) {
    Expected<nlohmann::json> inner = ResolveJson(item, scope);
    if (!inner) return inner;
    item = std::move(*inner);
  }
  return resolved;
}

}  // namespace conform
