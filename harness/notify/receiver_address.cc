#include "notify/receiver_address.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"

namespace conform {
namespace {

constexpr std::string_view kSecure = "https://";
constexpr std::string_view kPlain = "http://";

}  // namespace

Expected<ReceiverAddress> ReadReceiverAddress(const std::string& url) {
  const bool secure = url.starts_with(kSecure);
  if (!secure && !url.starts_with(kPlain)) {
    return Fail("the address of a webhook begins with https://");
  }
  const std::size_t host = secure ? kSecure.size() : kPlain.size();
  const std::size_t end = std::min(url.find_first_of("/?#", host), url.size());
  const bool clean = ShowLine(url, url.size()) == url && url.find(' ') == std::string::npos;
  const auto origin = ParseOrigin(url.substr(0, end));
  if (!origin || !clean) {
    return Fail("the address of a webhook is none: write https://HOST/PATH, without a user name");
  }
  if (!secure && !IsLoopback(*origin)) {
    return Fail(fmt::format("a webhook at {}: plain http reaches loopback alone",
                            url.substr(host, end - host)));
  }
  std::string target = url.substr(end, url.find('#') - end);
  if (!target.starts_with('/')) target.insert(0, "/");
  return ReceiverAddress{*origin, std::move(target)};
}

}  // namespace conform
