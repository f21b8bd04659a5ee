#include "run/page_link.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/reference.h"
#include "exchange/json_body.h"
#include "verdict/json_rule.h"

namespace conform {

const nlohmann::json* FindNextPage(const Response& response, const std::string& pointer) {
  const JsonBody& body = ReadJsonBody(response);
  if (body.unreadable || !body.error.empty()) return nullptr;
  const nlohmann::json* next = FindMember(body.value, pointer);
  const bool last = next == nullptr || next->is_null() || *next == "";
  return last ? nullptr : next;
}

Expected<std::string> TargetOfLink(std::string_view link, const Origin& origin,
                                   std::string_view asked) {
  const bool clean = std::all_of(link.begin(), link.end(), [](char c) {
    return static_cast<unsigned char>(c) > 0x20 && static_cast<unsigned char>(c) != 0x7F;
  });
  if (!clean) return Fail("an address");
  link = link.substr(0, link.find('#'));
  if (!NamesServer(link)) return TargetOfReference(link, asked);
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
