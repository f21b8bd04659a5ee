#include "run/page_link.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"
#include "exchange/json_body.h"
#include "verdict/json_rule.h"

namespace conform {
namespace {

/// RFC 3986 §3.1.
bool HasScheme(std::string_view link) {
  const std::size_t end = std::min(link.find_first_of(":/?"), link.size());
  return end > 0 && end < link.size() && link[end] == ':' &&
         (IsLower(link.front()) || IsUpper(link.front())) &&
         std::all_of(link.begin(), link.begin() + static_cast<std::ptrdiff_t>(end),
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

/// Of a link that has neither a scheme nor a server, nor begins at the root.
std::string Below(std::string_view link, std::string_view asked) {
  std::string path(asked.substr(0, asked.find('?')));
  if (!path.starts_with('/')) path = "/";
  if (link.empty()) return std::string(asked);
  if (link.front() == '?') return path.append(link);
  const std::size_t query = std::min(link.find('?'), link.size());
  path.resize(path.rfind('/') + 1);
  return WithoutDotSegments(path.append(link.substr(0, query))).append(link.substr(query));
}

}  // namespace

const nlohmann::json* FindNextPage(const Response& response, const std::string& pointer) {
  const JsonBody& body = ReadJsonBody(response);
  if (body.unreadable || !body.error.empty()) return nullptr;
  const nlohmann::json* next = FindMember(body.value, pointer);
  const bool last = next == nullptr || next->is_null() || *next == "";
  return last ? nullptr : next;
}

bool NamesServer(std::string_view link) { return link.starts_with("//") || HasScheme(link); }

Expected<std::string> TargetOfLink(std::string_view link, const Origin& origin,
                                   std::string_view asked) {
  const bool clean = std::all_of(link.begin(), link.end(), [](char c) {
    return static_cast<unsigned char>(c) > 0x20 && static_cast<unsigned char>(c) != 0x7F;
  });
  if (!clean) return Fail("an address");
  link = link.substr(0, link.find('#'));
  if (!NamesServer(link)) return link.starts_with('/') ? std::string(link) : Below(link, asked);
  const std::string whole =
      link.starts_with("//") ? fmt::format("{}:{}", origin.scheme, link) : std::string(link);
  const std::string wanted = fmt::format("an address on {}", FormatOrigin(origin));
  const std::size_t scheme = whole.find("://");
  if (scheme == std::string::npos) return Fail(wanted);
  const std::size_t path = std::min(whole.find_first_of("/?", scheme + 3), whole.size());
  const auto linked = ParseOrigin(whole.substr(0, path));
  if (!linked || !(*linked == origin)) return Fail(wanted);
  const std::string target = whole.substr(path);
  return target.empty() || target.front() == '?' ? "/" + target : target;
}

}  // namespace conform
