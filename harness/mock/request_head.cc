#include "mock/request_head.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/byte_words.h"
#include "base/http_text.h"

namespace conform {
namespace {

// `HTTP/1.1`: RFC 9112 §2.3 has one digit each.
constexpr std::size_t kMajorAt = 5;
constexpr std::size_t kMinorAt = 7;

bool IsHttpVersion(std::string_view text) {
  return text.size() == kMinorAt + 1 && text.starts_with("HTTP/") && IsDigit(text[kMajorAt]) &&
         text[kMajorAt + 1] == '.' && IsDigit(text[kMinorAt]);
}

// `unreserved`, `sub-delims` and the percent sign of RFC 3986 §2.
bool IsHostCharacter(char c) {
  static constexpr auto kIn = AlphanumericAnd("-._~!$&'()*+,;=%");
  return kIn[static_cast<unsigned char>(c)];
}

bool IsFieldCharacter(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte >= 0x20 && byte != 0x7F) || byte == '\t';
}

bool IsFieldValue(std::string_view value) {
  const auto is_odd = [](ByteWord word) {
    return (BytesBelow(word, 0x20) | BytesEqual(word, 0x7F)) != 0;
  };
  return NoneStops(value, is_odd) || std::all_of(value.begin(), value.end(), IsFieldCharacter);
}

// Takes the text before the next CRLF off `rest`, and that CRLF.
std::optional<std::string_view> TakeLine(std::string_view& rest) {
  const std::size_t end = rest.find("\r\n");
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end + 2);
  return line;
}

std::optional<Field> ReadField(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || !IsToken(line.substr(0, colon))) return std::nullopt;
  const std::string_view value = TrimWhiteSpace(line.substr(colon + 1));
  if (!IsFieldValue(value)) return std::nullopt;
  return Field{std::string(line.substr(0, colon)), std::string(value)};
}

}  // namespace

std::optional<RequestLine> ReadRequestLine(std::string_view line) {
  const std::size_t first = line.find(' ');
  const std::size_t second = first == std::string_view::npos ? first : line.find(' ', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const std::string_view method = line.substr(0, first);
  const std::string_view target = line.substr(first + 1, second - first - 1);
  const std::string_view version = line.substr(second + 1);
  if (!IsToken(method) || target.empty()) return std::nullopt;
  if (!std::all_of(target.begin(), target.end(), IsVisible)) return std::nullopt;
  if (!IsHttpVersion(version)) return std::nullopt;
  return RequestLine{std::string(method), std::string(target), version[kMajorAt] - '0',
                     version[kMinorAt] - '0'};
}

std::optional<RequestHead> ReadRequestHead(std::string_view bytes) {
  std::optional<std::string_view> line = TakeLine(bytes);
  if (!line) return std::nullopt;
  std::optional<RequestLine> request_line = ReadRequestLine(*line);
  if (!request_line) return std::nullopt;
  RequestHead head{*std::move(request_line), {}};
  constexpr std::size_t kUsual = 8;
  head.fields.reserve(kUsual);
  while ((line = TakeLine(bytes)) && !line->empty()) {
    std::optional<Field> field = ReadField(*line);
    if (!field) return std::nullopt;
    head.fields.push_back(*std::move(field));
  }
  if (!line || !bytes.empty()) return std::nullopt;
  return head;
}

bool IsHostValue(std::string_view value) {
  if (value.starts_with('[')) {
    const std::size_t end = std::min(value.find(']'), value.size());
    const std::string_view address = value.substr(1, end - 1);
    const bool is_address = !address.empty() && end < value.size() &&
                            std::all_of(address.begin(), address.end(),
                                        [](char c) { return IsHostCharacter(c) || c == ':'; });
    if (!is_address) return false;
    value.remove_prefix(end + 1);
    if (!value.empty() && value.front() != ':') return false;
  } else {
    const std::string_view name = value.substr(0, value.find(':'));
    if (name.empty() || !std::all_of(name.begin(), name.end(), IsHostCharacter)) return false;
    value.remove_prefix(name.size());
  }
  value.remove_prefix(std::min<std::size_t>(value.size(), 1));  // the colon; a port may be empty
  return std::all_of(value.begin(), value.end(), IsDigit);
}

}  // namespace conform
