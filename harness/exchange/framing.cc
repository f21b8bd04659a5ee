#include "exchange/framing.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>

#include "base/http_text.h"
#include "base/utf8.h"
#include "exchange/field_section.h"
#include "exchange/observation_names.h"

namespace conform {
namespace {

using Kind = Framing::Kind;

std::string ShowValues(const Fields& fields, std::string_view name) {
  return ShowLine(fmt::format("{}", fmt::join(FieldValues(fields, name), ", ")));
}

std::optional<std::uint64_t> ParseLength(std::string_view text) {
  constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();
  if (text.empty()) return std::nullopt;
  std::uint64_t length = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    const auto digit = static_cast<std::uint64_t>(c - '0');
    length = length > (kMax - digit) / 10 ? kMax : length * 10 + digit;
  }
  return length;
}

/// Nothing: the values are no one length, and that was observed.
std::optional<std::uint64_t> ReadLength(const Fields& fields, std::size_t offset,
                                        ObservationLog& log) {
  const std::vector<std::string_view> texts = ListElements(fields, "Content-Length");
  std::optional<std::uint64_t> length;
  for (const std::string_view text : texts) {
    const auto one = ParseLength(text);
    if (!one) {
      log.Add(observed::kMalformedContentLength, offset, ShowValues(fields, "Content-Length"));
      return std::nullopt;
    }
    if (length && *length != *one) {
      log.Add(observed::kConflictingContentLength, offset, ShowValues(fields, "Content-Length"));
      return std::nullopt;
    }
    length = one;
  }
  if (texts.size() > 1) {
    log.Add(observed::kRepeatedContentLength, offset, ShowValues(fields, "Content-Length"));
  }
  return length;
}

/// Whether chunked is the last coding.
bool ReadTransferCodings(const Fields& fields, std::size_t offset, ObservationLog& log) {
  const std::string shown = ShowValues(fields, "Transfer-Encoding");
  std::size_t codings = 0;
  std::size_t chunked = 0;
  bool chunked_last = false;
  for (const std::string_view coding : ListElements(fields, "Transfer-Encoding")) {
    if (coding.empty()) continue;
    ++codings;
    chunked_last = SameFieldName(coding, "chunked");
    if (chunked_last) ++chunked;
  }
  if (codings == 0) log.Add(observed::kMalformedTransferEncoding, offset, shown);
  if (codings > chunked) log.Add(observed::kUnknownTransferCoding, offset, shown);
  if (chunked > 1) log.Add(observed::kRepeatedChunked, offset, shown);
  if (codings > 0 && !chunked_last) log.Add(observed::kChunkedNotFinal, offset, shown);
  return chunked_last;
}

/// What the two fields say, where content may follow at all; `otherwise` where both are absent.
Framing FrameByFields(const Fields& fields, Kind otherwise, std::size_t offset,
                      ObservationLog& log) {
  const bool has_length = FindField(fields, "Content-Length") != nullptr;
  if (FindField(fields, "Transfer-Encoding") != nullptr) {
    if (has_length) {
      log.Add(observed::kContentLengthWithTransferEncoding, offset,
              fmt::format("{}; {}", ShowValues(fields, "Content-Length"),
                          ShowValues(fields, "Transfer-Encoding")));
      ReadLength(fields, offset, log);
    }
    const bool chunked = ReadTransferCodings(fields, offset, log);
    return {chunked ? Kind::kChunked : Kind::kUntilClose, 0, has_length};
  }
  if (!has_length) return {otherwise, 0, false};
  const auto length = ReadLength(fields, offset, log);
  if (!length) return {Kind::kUnframeable, 0, true};
  return {Kind::kLength, *length, false};
}

void ObserveForbidden(const Response& response, bool tunnel, std::size_t offset,
                      ObservationLog& log) {
  const bool interim = response.status < 200;
  if (response.status != 204 && !interim && !tunnel) return;
  if (FindField(response.fields, "Content-Length") != nullptr) {
    log.Add(interim ? observed::kContentLengthIn1xx : observed::kContentLengthForbidden, offset,
            fmt::format("{} with Content-Length: {}", response.status,
                        ShowValues(response.fields, "Content-Length")));
  }
  if (FindField(response.fields, "Transfer-Encoding") != nullptr) {
    log.Add(interim ? observed::kTransferEncodingIn1xx : observed::kTransferEncodingForbidden,
            offset,
            fmt::format("{} with Transfer-Encoding: {}", response.status,
                        ShowValues(response.fields, "Transfer-Encoding")));
  }
}

}  // namespace

Framing FrameResponse(const Response& response, std::string_view request_method, std::size_t offset,
                      ObservationLog& log) {
  const int status = response.status;
  const bool tunnel = request_method == "CONNECT" && IsSuccessStatus(status);
  ObserveForbidden(response, tunnel, offset, log);
  if (request_method == "HEAD" || status < 200 || status == 204 || status == 304 || tunnel) {
    // The lengths still say something false where they are no numbers or are unequal.
    ReadLength(response.fields, offset, log);
    return {Kind::kNoContent, 0, tunnel || status == 101};
  }
  Framing framing = FrameByFields(response.fields, Kind::kUntilClose, offset, log);
  if (response.version == "HTTP/1.0" && FindField(response.fields, "Transfer-Encoding")) {
    log.Add(observed::kTransferEncodingInHttp10, offset,
            ShowValues(response.fields, "Transfer-Encoding"));
    framing.doubtful = true;
  }
  return framing;
}

Framing FrameRequest(const Fields& fields, std::size_t offset, ObservationLog& log) {
  Framing framing = FrameByFields(fields, Kind::kNoContent, offset, log);
  // RFC 9112 §6.3: a request never ends by closing.
  if (framing.kind == Kind::kUntilClose) framing.kind = Kind::kUnframeable;
  return framing;
}

}  // namespace conform
