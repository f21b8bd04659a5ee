#include "base/reference.h"

#include <algorithm>

#include "base/ascii.h"

namespace conform {
namespace {

/// RFC 3986 §3.1.
bool HasScheme(std::string_view reference) {
  const std::size_t end = std::min(reference.find_first_of(":/?"), reference.size());
  return end > 0 && end < reference.size() && reference[end] == ':' &&
         (IsLower(reference.front()) || IsUpper(reference.front())) &&
         std::all_of(reference.begin(), reference.begin() + static_cast<std::ptrdiff_t>(end),
                     [](char c) { return IsAlphanumeric(c) || c == '+' || c == '-' || c == '.'; });
}

/// RFC 3986 §5.2.4, of a path that begins with a slash.
std::string WithoutDotSegments(std::string_view path) {
  std::string kept;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/', 1), path.size());
    const std::string_view segment = path.substr(0, end);
    path.remove_prefix(end);
    const bool dots = segment == "/." || segment == "/..";
    if (segment == "/..") kept.resize(std::min(kept.rfind('/'), kept.size()));
    if (!dots) kept += segment;
    if (dots && path.empty()) kept += '/';
  }
  return kept;
}

}  // namespace

bool NamesServer(std::string_view reference) {
  return reference.starts_with("//") || HasScheme(reference);
}

std::string TargetOfReference(std::string_view reference, std::string_view asked) {
  if (reference.starts_with('/')) return std::string(reference);
  std::string path(asked.substr(0, asked.find('?')));
  if (!path.starts_with('/')) path = "/";
  if (reference.empty()) return std::string(asked);
  if (reference.front() == '?') return path.append(reference);
  const std::size_t query = std::min(reference.find('?'), reference.size());
  path.resize(path.rfind('/') + 1);
  return WithoutDotSegments(path.append(reference.substr(0, query)))
      .append(reference.substr(query));
}

}  // namespace conform
