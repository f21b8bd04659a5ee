#include "page/page_fetch.h"

#include <fmt/format.h>
#include <httplib.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/http_text.h"
#include "base/source_text.h"
#include "base/utf8.h"
#include "contract/spelling.h"
#include "page/plain_text.h"

namespace conform {
namespace {

constexpr int kMaxRedirections = 5;
constexpr int kSeconds = 30;

struct UrlParts {
  std::string origin;
  std::string target;
};

std::optional<UrlParts> Split(const std::string& url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string::npos) return std::nullopt;
  const std::size_t slash = std::min(url.find_first_of("/?#", scheme + 3), url.size());
  UrlParts parts{url.substr(0, slash), url.substr(slash, url.find('#') - slash)};
  if (parts.target.empty() || parts.target.front() != '/') parts.target.insert(0, "/");
  // https anywhere, http to loopback; no user, no odd characters.
  if (!IsServerAddress(parts.origin)) return std::nullopt;
  const bool clean = parts.target.find_first_of(" \t\r\n") == std::string::npos;
  return clean ? std::optional(parts) : std::nullopt;
}

/// `github.com/OWNER/REPO/blob/REF/PATH` shows what lies raw elsewhere.
std::string RawAddress(const std::string& url) {
  const std::string viewer = "https://github.com/";
  const std::size_t blob = url.find("/blob/");
  if (!url.starts_with(viewer) || blob == std::string::npos) return url;
  return "https://raw.githubusercontent.com/" + url.substr(viewer.size(), blob - viewer.size()) +
         "/" + url.substr(blob + 6, url.find('?') - blob - 6);
}

struct Answer {
  int status = 0;
  std::string location;
  std::string type;
  std::string body;
  PageTags tags;
};

httplib::Headers ConditionsOf(const PageTags& known) {
  httplib::Headers conditions;
  if (!known.etag.empty()) conditions.emplace("If-None-Match", known.etag);
  if (!known.last_modified.empty()) conditions.emplace("If-Modified-Since", known.last_modified);
  return conditions;
}

Expected<Answer> Get(const std::string& url, const PageTags& known = {}) {
  const std::optional<UrlParts> parts = Split(url);
  if (!parts) {
    return Fail(fmt::format("{}: no address a page is read from: https, or http to loopback",
                            ShowLine(url)));
  }
  httplib::Client client(parts->origin);
  client.set_connection_timeout(kSeconds);
  client.set_read_timeout(kSeconds);
  client.set_keep_alive(false);
  client.set_default_headers(
      {{"User-Agent", "conform"}, {"Accept", "text/markdown, text/plain, */*"}});
  Answer answer;
  bool too_large = false;
  const auto result =
      client.Get(parts->target, ConditionsOf(known), [&](const char* data, std::size_t length) {
        too_large = answer.body.size() + length > kMaxSourceBytes;
        if (!too_large) answer.body.append(data, length);
        return !too_large;
      });
  if (too_large) return Fail(fmt::format("{}: larger than any page", url));
  if (!result) {
    return Fail(fmt::format("{}: no answer: {}", url,
                            DescribeHttpTrouble(httplib::to_string(result.error()))));
  }
  answer.status = result->status;
  answer.location = result->get_header_value("Location");
  answer.type = ToLower(result->get_header_value("Content-Type"));
  answer.tags = {result->get_header_value("ETag"), result->get_header_value("Last-Modified")};
  return answer;
}

std::string Resolve(const std::string& url, const std::string& location) {
  if (location.find("://") != std::string::npos) return location;
  const std::size_t slash = url.find('/', url.find("://") + 3);
  const std::string origin = url.substr(0, slash);
  return location.starts_with('/') ? origin + location : origin + "/" + location;
}

/// Below the page's folder or above it, never out of its origin; empty where it is no such path.
std::string IncludeAddress(const std::string& page, const std::string& path) {
  const std::optional<UrlParts> parts = Split(page);
  const bool relative = !path.empty() && path.front() != '/' &&
                        path.find_first_of("?#\\:") == std::string::npos && path.ends_with(".md");
  if (!parts || !relative) return "";
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(parts->target.substr(0, parts->target.find('?'))).parent_path();
  const std::string target = (folder / path).lexically_normal().string();
  return target.starts_with("/..") ? "" : parts->origin + target;
}

OpenInclude IncludesAt(std::string address) {
  return [address = std::move(address)](const std::string& path) -> std::optional<std::string> {
    constexpr std::size_t kMostBytes = std::size_t{1} << 20;
    const std::string place = IncludeAddress(address, path);
    if (place.empty()) return std::nullopt;
    Expected<Answer> answer = Get(place);
    if (!answer || answer->status != 200 || answer->type.starts_with("text/html")) {
      return std::nullopt;
    }
    if (answer->body.size() > kMostBytes) return std::nullopt;
    return std::move(answer->body);
  };
}

}  // namespace

OpenInclude IncludesOf(const std::string& address) {
  return IsUrl(address) ? IncludesAt(address)
                        : IncludesBeside(std::filesystem::path(address).parent_path());
}

bool IsUrl(const std::string& place) {
  return place.starts_with("https://") || place.starts_with("http://");
}

Expected<FetchedPage> FetchPage(const std::string& url, const PageTags& known) {
  std::string address = RawAddress(url);
  for (int i = 0; i <= kMaxRedirections; ++i) {
    Expected<Answer> answer = Get(address, known);
    if (!answer) return tl::unexpected(answer.error());
    const bool asked = !known.etag.empty() || !known.last_modified.empty();
    if (answer->status == 304 && asked) return FetchedPage{"", address, known, true};
    if (answer->status >= 300 && answer->status < 400 && !answer->location.empty()) {
      address = Resolve(address, answer->location);
      continue;
    }
    if (answer->status != 200) {
      return Fail(fmt::format("{}: answered {}, not with a page", address, answer->status));
    }
    if (answer->type.starts_with("text/html")) {
      return Fail(fmt::format("{}: an HTML page; give the address of its Markdown", address));
    }
    return FetchedPage{std::move(answer->body), address, std::move(answer->tags)};
  }
  return Fail(fmt::format("{}: redirects more than {} times", url, kMaxRedirections));
}

Expected<FetchedPage> ReadPageFile(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code failed;
  if (!fs::exists(path, failed)) return Fail(fmt::format("{}: no such file", path));
  if (!fs::is_regular_file(path, failed)) return Fail(fmt::format("{}: is no file", path));
  if (fs::file_size(path, failed) > kMaxSourceBytes || failed) {
    return Fail(fmt::format("{}: larger than any page", path));
  }
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << stream.rdbuf();
  if (!stream) return Fail(fmt::format("{}: cannot be read", path));
  return FetchedPage{bytes.str(), path, {}};
}

}  // namespace conform
