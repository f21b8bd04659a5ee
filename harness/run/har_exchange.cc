#include "run/har_exchange.h"

#include <fmt/format.h>

#include <algorithm>

namespace conform {
namespace {

/// `HTTP/2.0 204 No Content`; some tools write the version as `h2`, or not at all.
std::string StatusLine(const HarEntry& entry) {
  const std::string version = entry.version.empty() ? "HTTP" : entry.version;
  return entry.reason.empty() ? fmt::format("{} {}", version, entry.status)
                              : fmt::format("{} {} {}", version, entry.status, entry.reason);
}

Response MakeResponse(const HarEntry& entry) {
  Response response;
  response.status_line = StatusLine(entry);
  response.version = entry.version;
  response.status = entry.status;
  response.reason = entry.reason;
  response.fields = entry.response_fields;
  response.body = entry.content.value_or("");
  response.decoded_body = response.body;
  response.body_bytes = entry.content_bytes;
  response.body_cut = entry.content_spoilt;
  return response;
}

}  // namespace

Expected<HarAddress> ReadAddress(const std::string& url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string::npos) return Fail("it is no http or https address");
  const std::size_t end = std::min(url.find_first_of("/?#", scheme + 3), url.size());
  const Expected<Origin> origin = ParseOrigin(url.substr(0, end));
  if (!origin) return Fail("it is no http or https address");
  HarAddress address;
  address.origin = *origin;
  std::string_view rest = std::string_view(url).substr(end);
  rest = rest.substr(0, rest.find('#'));
  const std::size_t mark = std::min(rest.find('?'), rest.size());
  address.path = mark == 0 ? "/" : std::string(rest.substr(0, mark));
  if (mark < rest.size()) address.query = rest.substr(mark + 1);
  return address;
}

Exchange MakeExchange(const HarEntry& entry, const HarAddress& address) {
  Attempt attempt;
  attempt.request.method = entry.method;
  attempt.request.target =
      address.query.empty() ? address.path : fmt::format("{}?{}", address.path, address.query);
  attempt.request.fields = entry.request_fields;
  attempt.request.body = entry.request_body;
  attempt.times = entry.times;
  attempt.started = entry.started;
  attempt.remote_address = entry.server_address;
  if (entry.status >= 100 && entry.status <= 999) {
    attempt.response = MakeResponse(entry);
  } else {
    const std::string text = entry.trouble.empty() ? "" : ": " + entry.trouble;
    attempt.trouble = Trouble{TroubleKind::kClosed, "the recording holds no answer" + text, ""};
  }
  Exchange exchange;
  exchange.attempts.push_back(std::move(attempt));
  return exchange;
}

}  // namespace conform
