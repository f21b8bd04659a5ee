#include "case/unfilled_parameter.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "base/http_text.h"

namespace conform {
namespace {

/// One segment, taken off `path` with the slash before it.
std::string_view TakeSegmentOf(std::string_view& path) {
  if (path.starts_with('/')) path.remove_prefix(1);
  const std::string_view segment = path.substr(0, path.find('/'));
  path.remove_prefix(segment.size());
  return segment;
}

/// What stands between the marks; empty: they are not there.
std::string_view Between(std::string_view text, std::string_view open, std::string_view close) {
  if (text.size() <= open.size() + close.size()) return "";
  if (!text.starts_with(open) || !text.ends_with(close)) return "";
  return text.substr(open.size(), text.size() - open.size() - close.size());
}

bool IsWord(std::string_view text) {
  return !text.empty() && !IsDigit(text.front()) &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return IsAlphanumeric(c) || c == '_'; });
}

/// Whether a value is a parameter's name in the spelling of contracts, of Express or of Postman.
bool IsUnfilled(std::string_view value, std::string_view name) {
  for (const auto& [open, close] :
       {std::pair{"{{", "}}"}, std::pair{"{", "}"}, std::pair{":", ""}}) {
    const std::string_view inner = TrimWhiteSpace(Between(value, open, close));
    if (IsWord(inner) || (!inner.empty() && inner == name)) return true;
  }
  return false;
}

/// Of a segment with one parameter; with several nobody can tell where each ends.
std::optional<UnfilledParameter> FindInSegment(std::string_view wanted, std::string_view given) {
  const std::size_t open = wanted.find('{');
  const std::size_t close = wanted.find('}');
  if (open == std::string_view::npos || close < open) return std::nullopt;
  if (wanted.find('{', close) != std::string_view::npos) return std::nullopt;
  const std::string_view name = wanted.substr(open + 1, close - open - 1);
  const std::string_view value = Between(given, wanted.substr(0, open), wanted.substr(close + 1));
  if (!IsUnfilled(value, name)) return std::nullopt;
  return UnfilledParameter{std::string(value), std::string(name)};
}

}  // namespace

std::optional<UnfilledParameter> FindUnfilledParameter(const Contract& contract,
                                                       std::string_view path) {
  const std::string server = contract.ServerPath();
  if (!path.starts_with(server)) return std::nullopt;
  path.remove_prefix(server.size());
  for (const std::string_view known : contract.paths) {
    if (!MatchesPath(known, path)) continue;
    for (std::string_view wanted = known, given = path; !wanted.empty() && !given.empty();) {
      const std::string_view segment = TakeSegmentOf(wanted);
      if (auto found = FindInSegment(segment, TakeSegmentOf(given))) return found;
    }
  }
  return std::nullopt;
}

}  // namespace conform
