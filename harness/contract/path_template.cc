#include "contract/path_template.h"

#include <algorithm>

namespace conform {
namespace {

constexpr std::string_view kForbidden = "{}?#\\\"<>^`|% \t\r\n";

bool IsPlaceholder(std::string_view segment) {
  return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

std::vector<std::string_view> SegmentsOf(std::string_view path) {
  std::vector<std::string_view> segments;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::size_t slash = std::min(path.find('/'), path.size());
    segments.push_back(path.substr(0, slash));
    path.remove_prefix(slash);
  }
  return segments;
}

}  // namespace

bool IsPathTemplate(std::string_view text) {
  if (text.empty() || text.front() != '/') return false;
  for (std::string_view segment : SegmentsOf(text)) {
    if (IsPlaceholder(segment)) segment = segment.substr(1, segment.size() - 2);
    if (segment.empty() || segment.find_first_of(kForbidden) != std::string_view::npos) {
      return false;
    }
  }
  std::vector<std::string> names = PlaceholdersOf(text);
  std::sort(names.begin(), names.end());
  return std::adjacent_find(names.begin(), names.end()) == names.end();
}

std::vector<std::string> PlaceholdersOf(std::string_view path_template) {
  std::vector<std::string> names;
  for (const std::string_view segment : SegmentsOf(path_template)) {
    if (IsPlaceholder(segment)) names.emplace_back(segment.substr(1, segment.size() - 2));
  }
  return names;
}

}  // namespace conform
