#include "bundle/time_stamp_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "base/http_text.h"
#include "base/origin.h"
#include "base/utf8.h"

namespace conform {
namespace {

constexpr const char* kReplyType = "application/timestamp-reply";

struct Address {
  Origin origin;
  std::string target;  ///< `/`, or whatever follows.
};

Expected<Address> ReadAddress(const std::string& url) {
  const bool known = url.starts_with("http://") || url.starts_with("https://");
  const std::size_t host = url.find("//") + 2;
  const std::size_t end = known ? std::min(url.find_first_of("/?#", host), url.size()) : 0;
  const std::string authority = known ? url.substr(host, end - host) : "";
  const bool plain = ShowLine(url, url.size()) == url && url.find(' ') == std::string::npos;
  if (authority.empty() || !plain || url.find('#') != std::string::npos) {
    return Fail(fmt::format("{}: no address of a time stamp authority; write http://… or https://…",
                            ShowLine(url)));
  }
  // What it holds would be shown with every error.
  if (authority.find('@') != std::string::npos) {
    return Fail("the address of the time stamp authority holds a user name: leave it out");
  }
  std::string target = url.substr(end);
  if (!target.starts_with('/')) target.insert(0, "/");
  auto origin = ParseOrigin(url.substr(0, end));
  if (!origin) return Fail(fmt::format("{}: {}", url, origin.error().message));
  return Address{*std::move(origin), std::move(target)};
}

/// The answer's content.
Expected<std::string> Post(const Address& address, const std::string& request,
                           const VariableLookup& variables, const WebBounds& bounds) {
  auto answer = AskWeb({"POST",
                        address.origin,
                        address.target,
                        {{"Content-Type", "application/timestamp-query"}, {"Accept", kReplyType}},
                        request},
                       variables, bounds);
  if (!answer) return tl::unexpected(answer.error());
  if (answer->status != 200) return Fail(fmt::format("it answered {}", answer->status));
  const std::string_view type = answer->Field("Content-Type");
  if (ToLower(WithoutParameters(type)) != kReplyType) {
    return Fail(fmt::format("it answered with {}, not {}",
                            type.empty() ? "no content type" : ShowLine(type), kReplyType));
  }
  return std::move(answer->content);
}

Expected<std::string> Ask(const Address& address, std::string_view stamped,
                          const VariableLookup& variables, const WebBounds& bounds) {
  auto request = MakeTimeStampRequest(stamped);
  if (!request) return request;
  const auto answer = Post(address, *request, variables, bounds);
  return answer ? AcceptAnswer(*answer, *request) : answer;
}

}  // namespace

Expected<TimeStamper> MakeTimeStamper(const std::string& url, const VariableLookup& variables,
                                      const WebBounds& bounds) {
  auto address = ReadAddress(url);
  if (!address) return tl::unexpected(address.error());
  return [address = *std::move(address), url, variables,
          bounds](std::string_view stamped) -> Expected<std::string> {
    auto stamp = Ask(address, stamped, variables, bounds);
    if (stamp) return stamp;
    return Fail(fmt::format("no time stamp from {}: {}", url, stamp.error().message));
  };
}

}  // namespace conform
