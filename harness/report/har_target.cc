#include "report/har_target.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>

namespace conform {
namespace {

/// Whether it is `scheme://…`: an address in a query makes no address of a path.
bool IsAbsolute(std::string_view target) {
  const std::size_t scheme = target.find("://");
  return scheme != std::string_view::npos && target.find_first_of("/?#") == scheme + 1;
}

/// `https://host` of `POST https://host/path`.
std::string_view OriginOf(std::string_view request_line) {
  const std::size_t scheme = request_line.find("://");
  if (scheme == std::string_view::npos) return "";
  const std::size_t begin = request_line.rfind(' ', scheme) + 1;  // 0 where there is none
  const std::size_t end = request_line.find_first_of("/?*", scheme + 3);
  return request_line.substr(begin, end == std::string_view::npos ? end : end - begin);
}

bool IsHexDigit(std::string_view text, std::size_t at) {
  return at < text.size() && std::isxdigit(static_cast<unsigned char>(text[at])) != 0;
}

/// With every byte that a URI cannot hold (RFC 3986 §2) percent-encoded.
std::string AsUri(std::string_view text) {
  constexpr std::string_view kAllowed = "-._~:/?#[]@!$&'()*+,;=";
  std::string uri;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool escape = text[i] == '%' && IsHexDigit(text, i + 1) && IsHexDigit(text, i + 2);
    const bool plain = byte < 0x80 && std::isalnum(byte) != 0;
    if (plain || escape || kAllowed.find(text[i]) != std::string_view::npos) {
      uri += text[i];
    } else {
      uri += fmt::format("%{:02X}", byte);
    }
  }
  return uri;
}

std::string Unescape(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    int byte = 0;
    if (text[i] == '%' && IsHexDigit(text, i + 1) && IsHexDigit(text, i + 2)) {
      std::from_chars(text.data() + i + 1, text.data() + i + 3, byte, 16);
      plain += static_cast<char>(byte);
      i += 2;
    } else {
      plain += text[i] == '+' ? ' ' : text[i];
    }
  }
  return plain;
}

}  // namespace

HarRequestLine SplitRequestLine(std::string_view line) {
  HarRequestLine parts;
  const std::size_t first = line.find(' ');
  parts.method = line.substr(0, first);
  if (first == std::string_view::npos) return parts;
  line.remove_prefix(first + 1);
  const std::size_t last = line.rfind(' ');
  parts.target = line.substr(0, last);
  if (last != std::string_view::npos) parts.version = line.substr(last + 1);
  return parts;
}

std::string UrlOf(std::string_view request_line, std::string_view target) {
  if (IsAbsolute(target)) return AsUri(target);
  const std::string_view origin = OriginOf(request_line);
  const bool is_path = target.starts_with('/');
  return AsUri(fmt::format("{}{}", origin, is_path ? target : "/"));
}

nlohmann::ordered_json QueryOf(std::string_view target) {
  nlohmann::ordered_json pairs = nlohmann::ordered_json::array();
  const std::size_t mark = target.find('?');
  if (mark == std::string_view::npos) return pairs;
  std::string_view rest = target.substr(mark + 1);
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    const std::size_t equals = pair.find('=');
    const std::string_view value =
        equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1);
    pairs.push_back({{"name", Unescape(pair.substr(0, equals))}, {"value", Unescape(value)}});
  }
  return pairs;
}

}  // namespace conform
