#include "case/text_template.h"

#include <fmt/format.h>

#include <array>

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

std::string AsText(const nlohmann::json& value) {
  return value.is_string() ? value.get<std::string>()
                           : value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

Expected<std::vector<Placeholder>> FindPlaceholders(std::string_view text) {
  std::vector<Placeholder> found;
  std::size_t from = 0;
  while (true) {
    const std::size_t begin = text.find("${", from);
    if (begin == std::string_view::npos) return found;
    const std::size_t close = text.find('}', begin);
    if (close == std::string_view::npos) return Fail("'${' is not closed by '}'");
    const std::string_view inside = text.substr(begin + 2, close - begin - 2);
    std::optional<Placeholder> placeholder = ReadWord(inside);
    if (!placeholder) return Fail(fmt::format("'${{{}}}' is no known placeholder", inside));
    placeholder->begin = begin;
    placeholder->end = close + 1;
    found.push_back(std::move(*placeholder));
    from = close + 1;
  }
}

std::optional<nlohmann::json> Scope::Find(const Placeholder& placeholder) const {
  switch (placeholder.kind) {
    case Kind::kToken:
      return token;
    case Kind::kUuid:
      return uuid;
    case Kind::kNow:
      return now;
    case Kind::kRow:
      for (std::size_t i = 0; columns != nullptr && row != nullptr && i < columns->size(); ++i) {
        if ((*columns)[i] == placeholder.name) return (*row)[i];
      }
      return std::nullopt;
    case Kind::kCapture: {
      const auto capture = captures.find(placeholder.name);
      if (capture == captures.end()) return std::nullopt;
      return capture->second;
    }
    case Kind::kVar: {
      if (variables == nullptr) return std::nullopt;
      const auto variable = variables->find(placeholder.name);
      if (variable == variables->end()) return std::nullopt;
      return variable->second;
    }
  }
  return std::nullopt;
}

Expected<std::string> Resolve(std::string_view text, const Scope& scope) {
  const Expected<std::vector<Placeholder>> placeholders = FindPlaceholders(text);
  if (!placeholders) return Fail(placeholders.error().message);
  std::string resolved;
  std::size_t from = 0;
  for (const Placeholder& placeholder : *placeholders) {
    const std::optional<nlohmann::json> value = scope.Find(placeholder);
    if (!value) {
      return Fail(fmt::format("'{}' has no value here",
                              text.substr(placeholder.begin, placeholder.end - placeholder.begin)));
    }
    resolved.append(text.substr(from, placeholder.begin - from));
    resolved.append(AsText(*value));
    from = placeholder.end;
  }
  resolved.append(text.substr(from));
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
