#include "page/page_fetch.h"

#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include "base/origin.h"
#include "base/reference.h"
#include "base/source_text.h"
#include "base/utf8.h"
#include "base/web_answer.h"
#include "contract/spelling.h"
#include "page/plain_text.h"

namespace conform {
namespace {

constexpr int kMaxRedirections = 5;

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

/// A page of kMaxSourceBytes and the head before it, whole within a minute.
constexpr WebBounds kPageBounds{.step = std::chrono::seconds(30),
                                .whole = std::chrono::seconds(60),
                                .bytes = kMaxSourceBytes + std::size_t{64} * 1024};

WebFields FieldsOf(const PageTags& known) {
  WebFields fields = {{"Accept", "text/markdown, text/plain, */*"}};
  if (!known.etag.empty()) fields.emplace_back("If-None-Match", known.etag);
  if (!known.last_modified.empty()) fields.emplace_back("If-Modified-Since", known.last_modified);
  return fields;
}

Expected<WebAnswer> Get(const std::string& url, const VariableLookup& variables,
                        const PageTags& known = {}) {
  const std::optional<UrlParts> parts = Split(url);
  const auto origin = parts ? ParseOrigin(parts->origin) : Fail("");
  if (!origin) {
    return Fail(fmt::format("{}: no address a page is read from: https, or http to loopback",
                            ShowLine(url)));
  }
  auto answer = AskWeb({"GET", *origin, parts->target, FieldsOf(known)}, variables, kPageBounds);
  if (!answer) return Fail(fmt::format("{}: {}", url, answer.error().message));
  if (answer->content.size() > kMaxSourceBytes) {
    return Fail(fmt::format("{}: larger than any page", url));
  }
  return answer;
}

bool IsHtml(const WebAnswer& answer) {
  return ToLower(answer.Field("Content-Type")).starts_with("text/html");
}

/// What `location` stands for in the answer of `url`, which can be split (RFC 3986 §5.2).
std::string Resolve(const std::string& url, const std::string& location) {
  if (location.starts_with("//")) return url.substr(0, url.find(':') + 1) + location;
  if (NamesServer(location)) return location;
  const UrlParts parts = Split(url).value_or(UrlParts());
  const std::string_view reference = std::string_view(location).substr(0, location.find('#'));
  return parts.origin + TargetOfReference(reference, parts.target);
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

OpenInclude IncludesAt(std::string address, VariableLookup variables) {
  return [address = std::move(address),
          variables = std::move(variables)](const std::string& path) -> std::optional<std::string> {
    constexpr std::size_t kMostBytes = std::size_t{1} << 20;
    const std::string place = IncludeAddress(address, path);
    if (place.empty()) return std::nullopt;
    auto answer = Get(place, variables);
    if (!answer || answer->status != 200 || IsHtml(*answer)) return std::nullopt;
    if (answer->content.size() > kMostBytes) return std::nullopt;
    return std::move(answer->content);
  };
}

}  // namespace

OpenInclude IncludesOf(const std::string& address, const VariableLookup& variables) {
  return IsUrl(address) ? IncludesAt(address, variables)
                        : IncludesBeside(std::filesystem::path(address).parent_path());
}

bool IsUrl(const std::string& place) {
  return place.starts_with("https://") || place.starts_with("http://");
}

std::string DescribeRedirection(const std::string& from, const std::string& to) {
  const std::optional<UrlParts> source = Split(from);
  const std::optional<UrlParts> target = Split(to);
  if (!source || !target) return "";  // Get tells of an address that is none
  const auto left = ParseOrigin(source->origin);
  const auto entered = ParseOrigin(target->origin);
  if (!left || !entered) return "";
  if (left->scheme == "https" && entered->scheme != "https") return "from https to http";
  return IsLoopback(*entered) && !IsLoopback(*left) ? "from elsewhere to this machine" : "";
}

Expected<FetchedPage> FetchPage(const std::string& url, const VariableLookup& variables,
                                const PageTags& known) {
  std::string address = RawAddress(url);
  for (int i = 0; i <= kMaxRedirections; ++i) {
    auto answer = Get(address, variables, known);
    if (!answer) return tl::unexpected(answer.error());
    const bool asked = !known.etag.empty() || !known.last_modified.empty();
    if (answer->status == 304 && asked) return FetchedPage{"", address, known, true};
    const std::string location(answer->Field("Location"));
    if (answer->status >= 300 && answer->status < 400 && !location.empty()) {
      std::string next = Resolve(address, location);
      if (const std::string why = DescribeRedirection(address, next); !why.empty()) {
        return Fail(fmt::format("{}: redirects {}", address, why));
      }
      address = std::move(next);
      continue;
    }
    if (answer->status != 200) {
      return Fail(fmt::format("{}: answered {}, not with a page", address, answer->status));
    }
    if (IsHtml(*answer)) {
      return Fail(fmt::format("{}: an HTML page; give the address of its Markdown", address));
    }
    PageTags tags{std::string(answer->Field("ETag")), std::string(answer->Field("Last-Modified"))};
    return FetchedPage{std::move(answer->content), address, std::move(tags)};
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
