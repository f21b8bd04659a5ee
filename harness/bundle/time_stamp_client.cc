#include "bundle/time_stamp_client.h"

#include <fmt/format.h>
#include <httplib.h>

#include <exception>
#include <memory>

#include "base/http_text.h"
#include "base/utf8.h"

namespace conform {
namespace {

struct Address {
  std::string origin;  ///< `https://tsa.example:8443`.
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
  return Address{url.substr(0, end), std::move(target)};
}

/// The answer's content.
Expected<std::string> Post(httplib::Client& client, const std::string& target,
                           const std::string& request) {
  std::string content;
  bool too_long = false;
  httplib::Request post;
  post.method = "POST";
  post.path = target;
  post.body = request;
  post.set_header("Content-Type", "application/timestamp-query");
  post.set_header("Accept", "application/timestamp-reply");
  post.content_receiver = [&](const char* bytes, std::size_t size, std::uint64_t, std::uint64_t) {
    content.append(bytes, size);
    too_long = content.size() > kMostAnswerBytes;
    return !too_long;
  };
  const httplib::Result result = client.send(post);
  if (too_long) return Fail("its answer is longer than 1 MiB");
  if (!result) {
    return Fail(
        fmt::format("no answer: {}", DescribeHttpTrouble(httplib::to_string(result.error()))));
  }
  if (result->status != 200) return Fail(fmt::format("it answered {}", result->status));
  const std::string type = result->get_header_value("Content-Type");
  if (!type.starts_with("application/timestamp-reply")) {
    return Fail(fmt::format("it answered with {}, not application/timestamp-reply",
                            type.empty() ? "no content type" : ShowLine(type)));
  }
  return content;
}

Expected<std::string> Ask(httplib::Client& client, const std::string& target,
                          std::string_view stamped) {
  auto request = MakeTimeStampRequest(stamped);
  if (!request) return request;
  try {
    const auto answer = Post(client, target, *request);
    return answer ? AcceptAnswer(*answer, *request) : answer;
  } catch (const std::exception& thrown) {  // cpp-httplib's, and those of what it is built on
    return Fail(ShowLine(thrown.what()));
  }
}

Expected<std::shared_ptr<httplib::Client>> MakeClient(const std::string& origin) {
  try {
    return std::make_shared<httplib::Client>(origin);
  } catch (const std::exception& thrown) {
    return Fail(fmt::format("{}: {}", origin, ShowLine(thrown.what())));
  }
}

}  // namespace

Expected<TimeStamper> MakeTimeStamper(const std::string& url, std::chrono::seconds patience) {
  auto address = ReadAddress(url);
  if (!address) return tl::unexpected(address.error());
  auto client = MakeClient(address->origin);
  if (!client) return tl::unexpected(client.error());
  if (!(*client)->is_valid()) {
    return Fail(fmt::format("{}: no address of a time stamp authority", url));
  }
  (*client)->set_connection_timeout(patience);
  (*client)->set_read_timeout(patience);
  (*client)->set_write_timeout(patience);
  return [client = *client, target = address->target,
          url](std::string_view stamped) -> Expected<std::string> {
    auto stamp = Ask(*client, target, stamped);
    if (stamp) return stamp;
    return Fail(fmt::format("no time stamp from {}: {}", url, stamp.error().message));
  };
}

}  // namespace conform
