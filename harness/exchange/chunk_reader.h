// Removes the chunked transfer coding (RFC 9112 §7.1).
#pragma once

#include <cstdint>

#include "exchange/bounds.h"
#include "exchange/content_sink.h"
#include "exchange/field_section.h"
#include "exchange/line_reader.h"

namespace conform {

class ChunkReader {
 public:
  explicit ChunkReader(const Bounds& bounds)
      : trailers_(bounds.header_count), max_extra_bytes_(bounds.header_bytes) {}

  /// As BodyReader::Feed.
  BodyState Feed(std::string_view& bytes, std::size_t offset, const ContentSink& sink,
                 ObservationLog& log);

 private:
  enum class Part { kSize, kData, kDataEnd, kTrailers, kEnd, kBroken };

  Part TakeLine(std::string_view& bytes, std::size_t offset, const ContentSink& sink,
                ObservationLog& log);
  Part TakeSize(const Line& line, const ContentSink& sink, ObservationLog& log);
  Part TakeData(std::string_view& bytes, std::size_t offset, const ContentSink& sink,
                ObservationLog& log);
  Part TakeDataEnd(std::string_view& bytes, std::size_t offset, ObservationLog& log);
  Part TakeTrailer(const Line& line, const ContentSink& sink, ObservationLog& log);

  Part part_ = Part::kSize;
  LineReader lines_;
  FieldSection trailers_;
  std::uint64_t left_ = 0;        // of the chunk's data.
  bool carriage_return_ = false;  // of the CRLF after the data came.
  std::size_t extra_bytes_ = 0;   // extensions and trailers so far.
  std::size_t max_extra_bytes_;
};

}  // namespace conform
