#include "run/page_link.h"

#include <fmt/format.h>

#include <algorithm>

namespace conform {

Expected<std::string> TargetOfLink(std::string_view link, const Origin& origin) {
  const bool clean = std::all_of(link.begin(), link.end(), [](char c) {
    return static_cast<unsigned char>(c) > 0x20 && static_cast<unsigned char>(c) != 0x7F;
  });
  if (link.empty() || !clean) return Fail("an address");
  const std::string wanted = fmt::format("an address on {}", FormatOrigin(origin));
  link = link.substr(0, link.find('#'));
  if (!link.empty() && link.front() == '/' && link.substr(0, 2) != "//") return std::string(link);
  const std::size_t scheme = link.find("://");
  if (scheme == std::string_view::npos) return Fail(wanted);
  const std::size_t path = std::min(link.find_first_of("/?", scheme + 3), link.size());
  const auto linked = ParseOrigin(link.substr(0, path));
  if (!linked || !(*linked == origin)) return Fail(wanted);
  const std::string target(link.substr(path));
  return target.empty() || target.front() == '?' ? "/" + target : target;
}

}  // namespace conform
