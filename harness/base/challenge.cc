#include "base/challenge.h"

#include <algorithm>

#include "base/http_text.h"

namespace conform {
namespace {

/// Cuts off the text before the next comma that stands in no quoted string, and the comma.
std::string_view TakeElement(std::string_view& list) {
  bool quoted = false;
  std::size_t end = 0;
  for (; end < list.size() && (quoted || list[end] != ','); ++end) {
    if (list[end] == '"') quoted = !quoted;
    if (quoted && list[end] == '\\') ++end;
  }
  end = std::min(end, list.size());
  const std::string_view element = TrimWhiteSpace(list.substr(0, end));
  list.remove_prefix(std::min(end + 1, list.size()));
  return element;
}

/// The scheme that an element begins with; empty where it is a parameter of the challenge before.
std::string_view SchemeOf(std::string_view element) {
  const auto* const end = std::find_if_not(element.begin(), element.end(), IsTokenCharacter);
  const std::string_view token = element.substr(0, static_cast<std::size_t>(end - element.begin()));
  const std::string_view rest = element.substr(token.size());
  const std::string_view behind = TrimWhiteSpace(rest);
  if (behind.starts_with('=')) return {};
  return rest.empty() || behind.size() < rest.size() ? token : std::string_view();
}

}  // namespace

std::vector<std::string> ChallengeSchemes(const Fields& fields, std::string_view name) {
  std::vector<std::string> schemes;
  for (std::string_view line : FieldValues(fields, name)) {
    while (!line.empty()) {
      const std::string_view scheme = SchemeOf(TakeElement(line));
      if (!scheme.empty()) schemes.emplace_back(scheme);
    }
  }
  return schemes;
}

}  // namespace conform
