#include "exchange/chunk_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/ascii.h"
#include "base/http_text.h"
#include "base/utf8.h"
#include "exchange/observation_names.h"
#include "exchange/response.h"

namespace conform {
namespace {

/// RFC 9110 §6.5.1: what is needed for framing, routing, authentication, request modifiers,
/// response control or to know what the content is.
constexpr std::array<std::string_view, 24> kNeverTrailers = {"Age",
                                                             "Authorization",
                                                             "Cache-Control",
                                                             "Connection",
                                                             "Content-Encoding",
                                                             "Content-Length",
                                                             "Content-Range",
                                                             "Content-Type",
                                                             "Date",
                                                             "Expires",
                                                             "Host",
                                                             "If-Match",
                                                             "If-None-Match",
                                                             "Location",
                                                             "Max-Forwards",
                                                             "Proxy-Authenticate",
                                                             "Range",
                                                             "Retry-After",
                                                             "Set-Cookie",
                                                             "TE",
                                                             "Trailer",
                                                             "Transfer-Encoding",
                                                             "Vary",
                                                             "WWW-Authenticate"};

/// A line of the largest size has this much besides an extension: 16 digits and CRLF.
constexpr std::size_t kPlainSizeLine = 18;

}  // namespace

BodyState ChunkReader::Feed(std::string_view& bytes, std::size_t offset, const ContentSink& sink,
                            ObservationLog& log) {
  const std::size_t end = offset + bytes.size();
  while (!bytes.empty() && part_ != Part::kEnd && part_ != Part::kBroken) {
    const std::size_t here = end - bytes.size();
    if (part_ == Part::kData) {
      part_ = TakeData(bytes, here, sink, log);
    } else if (part_ == Part::kDataEnd) {
      part_ = TakeDataEnd(bytes, here, log);
    } else {
      part_ = TakeLine(bytes, here, sink, log);
    }
  }
  if (part_ == Part::kBroken) return BodyState::kBroken;
  return part_ == Part::kEnd ? BodyState::kDone : BodyState::kMore;
}

ChunkReader::Part ChunkReader::TakeLine(std::string_view& bytes, std::size_t offset,
                                        const ContentSink& sink, ObservationLog& log) {
  const std::size_t begin = offset - lines_.pending();
  const auto line = lines_.Take(bytes, offset);
  const std::size_t size = line ? line->size : lines_.pending();
  const bool trailer = part_ == Part::kTrailers;
  const std::size_t extra = trailer || size > kPlainSizeLine ? size : 0;
  if (extra_bytes_ + extra > max_extra_bytes_) {
    log.Add(observed::kHeaderBytesBound, begin + (max_extra_bytes_ - extra_bytes_),
            fmt::format("more than {} bytes of chunk extensions and trailers", max_extra_bytes_));
    return Part::kBroken;
  }
  if (!line) return part_;
  extra_bytes_ += extra;
  return trailer ? TakeTrailer(*line, sink, log) : TakeSize(*line, sink, log);
}

ChunkReader::Part ChunkReader::TakeSize(const Line& line, const ContentSink& sink,
                                        ObservationLog& log) {
  if (line.bare_lf) log.AddShown(observed::kBareLfInChunk, line.offset, line.text);
  std::uint64_t size = 0;
  std::size_t digits = 0;
  for (; digits < line.text.size() && HexValue(line.text[digits]) >= 0; ++digits) {
    if (size >> 59 != 0) {
      log.AddShown(observed::kChunkSizeOverflow, line.offset, line.text);
      return Part::kBroken;
    }
    size = size * 16 + static_cast<std::uint64_t>(HexValue(line.text[digits]));
  }
  const std::string_view rest = line.text.substr(digits);
  const std::string_view extension = TrimWhiteSpace(rest);
  if (digits == 0 || (!extension.empty() && extension.front() != ';')) {
    log.AddShown(observed::kMalformedChunkSize, line.offset, line.text);
    return Part::kBroken;
  }
  if (!extension.empty()) {
    log.AddShown(observed::kChunkExtension, line.offset, line.text);
  } else if (!rest.empty()) {
    log.AddShown(observed::kSpaceAfterChunkSize, line.offset, line.text);
  }
  if (size == 0) return Part::kTrailers;
  if (sink.chunk_sizes.size() < kMaxChunkSizes) sink.chunk_sizes.push_back(size);
  left_ = size;
  return Part::kData;
}

ChunkReader::Part ChunkReader::TakeData(std::string_view& bytes, std::size_t offset,
                                        const ContentSink& sink, ObservationLog& log) {
  const std::string_view piece = bytes.substr(0, std::min<std::uint64_t>(left_, bytes.size()));
  bytes.remove_prefix(piece.size());
  left_ -= piece.size();
  if (!sink.Append(piece, offset, log)) return Part::kBroken;
  carriage_return_ = false;
  return left_ == 0 ? Part::kDataEnd : Part::kData;
}

ChunkReader::Part ChunkReader::TakeDataEnd(std::string_view& bytes, std::size_t offset,
                                           ObservationLog& log) {
  const char c = bytes.front();
  bytes.remove_prefix(1);
  if (c == '\r' && !carriage_return_) {
    carriage_return_ = true;
    return Part::kDataEnd;
  }
  if (c == '\n') {
    if (!carriage_return_) log.Add(observed::kBareLfInChunk, offset, "after a chunk's data");
    return Part::kSize;
  }
  log.Add(observed::kMissingChunkCrlf, offset,
          fmt::format("'{}' after a chunk's data", ShowLine(std::string_view(&c, 1))));
  return Part::kBroken;
}

ChunkReader::Part ChunkReader::TakeTrailer(const Line& line, const ContentSink& sink,
                                           ObservationLog& log) {
  const std::size_t before = sink.trailers.size();
  const FieldSection::Taken taken = trailers_.Take(line, sink.trailers, log);
  if (taken == FieldSection::Taken::kEnd) return Part::kEnd;
  if (taken == FieldSection::Taken::kFull) {
    log.Add(observed::kHeaderCountBound, line.offset, "in the trailer section");
    return Part::kBroken;
  }
  log.AddShown(observed::kTrailerFields, line.offset, line.text);
  if (sink.trailers.size() == before) return Part::kTrailers;
  const std::string& name = sink.trailers.back().name;
  const bool forbidden =
      std::any_of(kNeverTrailers.begin(), kNeverTrailers.end(),
                  [&name](std::string_view never) { return SameFieldName(name, never); });
  if (forbidden) log.AddShown(observed::kForbiddenTrailer, line.offset, line.text);
  return Part::kTrailers;
}

}  // namespace conform
