#include "run/test_filter.h"

#include <cstddef>

namespace conform {
namespace {

bool MatchesPattern(std::string_view pattern, std::string_view text) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t retry = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      retry = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++retry;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

bool MatchesAny(std::string_view patterns, std::string_view text) {
  while (true) {
    const std::size_t colon = patterns.find(':');
    if (MatchesPattern(patterns.substr(0, colon), text)) return true;
    if (colon == std::string_view::npos) return false;
    patterns.remove_prefix(colon + 1);
  }
}

}  // namespace

bool MatchesFilter(std::string_view filter, std::string_view full_name) {
  const std::size_t dash = filter.find('-');
  const bool excepts = dash != std::string_view::npos;
  const std::string_view positive = filter.substr(0, dash);
  // Nothing before a dash stands for all; nothing at all, as GoogleTest reads it, for none.
  if (!MatchesAny(positive.empty() && excepts ? "*" : positive, full_name)) return false;
  return !excepts || !MatchesAny(filter.substr(dash + 1), full_name);
}

}  // namespace conform
