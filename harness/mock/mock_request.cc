#include "mock/mock_request.h"

#include <algorithm>
#include <array>

#include "base/percent.h"

namespace conform {
namespace {

// What follows scheme and authority of an absolute form; an origin form as it is.
std::string_view WithoutAuthority(std::string_view target) {
  if (target.starts_with('/')) return target;
  const std::size_t scheme = target.find("://");
  if (scheme == std::string_view::npos) return target;
  const std::size_t path = target.find_first_of("/?", scheme + 3);
  return path == std::string_view::npos ? "/" : target.substr(path);
}

// Takes the text up to the next `&` off `query`, and that ampersand.
std::string_view TakePair(std::string_view& query) {
  const std::size_t end = query.find('&');
  const std::string_view pair = query.substr(0, end);
  query.remove_prefix(end == std::string_view::npos ? query.size() : end + 1);
  return pair;
}

}  // namespace

void ReadTarget(std::string_view target, MockRequest& request) {
  target = WithoutAuthority(target);
  const std::size_t mark = target.find('?');
  request.path = target.substr(0, mark);
  request.query = mark == std::string_view::npos ? "" : target.substr(mark + 1);
}

bool HasQueryParameter(std::string_view query, std::string_view name) {
  return FindQueryValue(query, name).has_value();
}

std::optional<std::string> FindQueryValue(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    const std::string_view pair = TakePair(query);
    const std::size_t equals = std::min(pair.find('='), pair.size());
    if (DecodePercent(pair.substr(0, equals)) != name) continue;
    return DecodePercent(pair.substr(std::min(equals + 1, pair.size())));
  }
  return std::nullopt;
}

std::string WithoutQueryParameter(std::string_view query, std::string_view name) {
  std::string left;
  while (!query.empty()) {
    const std::string_view pair = TakePair(query);
    if (!pair.empty() && DecodePercent(pair.substr(0, pair.find('='))) != name) {
      left.append(pair).append("&");
    }
  }
  return left;
}

bool IsKnownMethod(std::string_view method) {
  static constexpr std::array<std::string_view, 9> kMethods = {
      "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"};
  return std::find(kMethods.begin(), kMethods.end(), method) != kMethods.end();
}

}  // namespace conform
