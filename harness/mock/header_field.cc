#include "mock/header_field.h"

#include <algorithm>
#include <utility>

#include "base/http_text.h"

namespace conform {
namespace {

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

template <typename Iterator>
Iterator Find(Iterator begin, Iterator end, std::string_view name) {
  return std::find_if(begin, end,
                      [&](const HeaderField& field) { return EqualNames(field.name, name); });
}

}  // namespace

bool EqualNames(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                            [](char x, char y) { return Lower(x) == Lower(y); });
}

const std::string* FindHeaderValue(const HeaderFields& fields, std::string_view name) {
  const auto found = Find(fields.begin(), fields.end(), name);
  return found == fields.end() ? nullptr : &found->value;
}

std::size_t CountHeaderFields(const HeaderFields& fields, std::string_view name) {
  return static_cast<std::size_t>(
      std::count_if(fields.begin(), fields.end(),
                    [&](const HeaderField& field) { return EqualNames(field.name, name); }));
}

void RemoveHeaderField(HeaderFields& fields, std::string_view name) {
  std::erase_if(fields, [&](const HeaderField& field) { return EqualNames(field.name, name); });
}

void ReplaceHeaderValue(HeaderFields& fields, std::string_view name, std::string value) {
  const auto found = Find(fields.begin(), fields.end(), name);
  if (found != fields.end()) found->value = std::move(value);
}

std::optional<std::string> JoinHeaderValues(const HeaderFields& fields, std::string_view name) {
  std::optional<std::string> joined;
  for (const HeaderField& field : fields) {
    if (!EqualNames(field.name, name)) continue;
    if (joined) joined->append(", ").append(field.value);
    if (!joined) joined = field.value;
  }
  return joined;
}

bool ListsToken(std::string_view value, std::string_view token) {
  while (!value.empty()) {
    const std::size_t comma = value.find(',');
    if (EqualNames(TrimWhiteSpace(value.substr(0, comma)), token)) return true;
    value.remove_prefix(comma == std::string_view::npos ? value.size() : comma + 1);
  }
  return false;
}

bool AllowsTag(std::string_view if_match, std::string_view tag) {
  if (TrimWhiteSpace(if_match) == "*") return true;
  while (!if_match.empty()) {
    std::size_t end = 0;
    for (bool quoted = false; end < if_match.size(); ++end) {
      if (if_match[end] == '"') quoted = !quoted;
      if (if_match[end] == ',' && !quoted) break;
    }
    if (TrimWhiteSpace(if_match.substr(0, end)) == tag) return true;
    if_match.remove_prefix(std::min(end + 1, if_match.size()));
  }
  return false;
}

}  // namespace conform
