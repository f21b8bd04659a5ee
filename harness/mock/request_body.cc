#include "mock/request_body.h"

#include <charconv>
#include <optional>

#include "base/http_text.h"

namespace conform {
namespace {

constexpr std::string_view kLength = "Content-Length";
constexpr std::string_view kCoding = "Transfer-Encoding";

tl::unexpected<int> Refuse(int status) { return tl::unexpected<int>(status); }

std::optional<std::size_t> ReadNumber(std::string_view text, int base) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// RFC 9112 §7.1: digits at once; white space stands before an extension alone.
std::optional<std::size_t> ReadChunkSize(std::string_view line) {
  const std::size_t extension = line.find(';');
  std::string_view digits = line.substr(0, extension);
  const std::size_t end = digits.find_last_not_of(" \t");
  if (extension != std::string_view::npos && end != std::string_view::npos) {
    digits = digits.substr(0, end + 1);
  }
  return ReadNumber(digits, 16);
}

tl::expected<std::string, int> ReadChunks(MockConnection& connection) {
  constexpr std::size_t kLineEnds = 4;  // behind the size and behind the data
  std::string body;
  std::size_t framing = 0;
  for (;;) {
    const std::optional<std::string> line = connection.ReadLine();
    if (!line) return Refuse(400);
    const auto size = ReadChunkSize(*line);
    if (!size) return Refuse(400);
    // Extensions take room and time like content, and have no end of their own.
    framing += line->size() + kLineEnds;
    const std::size_t taken = body.size() + framing;
    if (taken > kLargestRequestBody || *size > kLargestRequestBody - taken) return Refuse(413);
    if (*size == 0) break;
    const std::optional<std::string> data = connection.ReadExactly(*size);
    if (!data || connection.ReadLine() != "") return Refuse(400);
    body += *data;
  }
  // The trailer section is read and dropped.
  constexpr int kMostTrailers = 100;
  for (int i = 0; i < kMostTrailers; ++i) {
    const std::optional<std::string> line = connection.ReadLine();
    if (!line) return Refuse(400);
    if (line->empty()) return body;
  }
  return Refuse(400);
}

}  // namespace

bool DeclaresLength(const Fields& fields) {
  return FindField(fields, kLength) != nullptr || FindField(fields, kCoding) != nullptr;
}

tl::expected<std::string, int> ReadRequestBody(const Fields& fields, MockConnection& connection) {
  const Field* coding = FindField(fields, kCoding);
  const Field* length = FindField(fields, kLength);
  if (coding != nullptr) {
    // Both together are how requests are smuggled (RFC 9112 §6.1).
    if (length != nullptr || FieldValues(fields, kCoding).size() > 1) return Refuse(400);
    if (!SameFieldName(coding->value, "chunked")) return Refuse(501);
    return ReadChunks(connection);
  }
  if (length == nullptr) return std::string();
  const std::optional<std::size_t> size = ReadNumber(length->value, 10);
  if (!size || FieldValues(fields, kLength).size() > 1) return Refuse(400);
  if (*size > kLargestRequestBody) return Refuse(413);
  std::optional<std::string> body = connection.ReadExactly(*size);
  if (!body) return Refuse(400);
  return *std::move(body);
}

}  // namespace conform
