#include "exchange/body_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "exchange/observation_names.h"

namespace conform {

bool ContentSink::Append(std::string_view piece, std::size_t offset, ObservationLog& log) const {
  const std::size_t room = max_bytes - body.size();
  body.append(piece.substr(0, room));
  if (piece.size() <= room) return true;
  log.Add(observed::kBodyBytesBound, offset + room,
          fmt::format("more than {} bytes of content", max_bytes));
  return false;
}

BodyReader::BodyReader(const Framing& framing, const Bounds& bounds)
    : framing_(framing), chunks_(bounds), left_(framing.length) {}

BodyState BodyReader::Feed(std::string_view& bytes, std::size_t offset, const ContentSink& sink,
                           ObservationLog& log) {
  if (framing_.kind == Framing::Kind::kNoContent) return BodyState::kDone;
  if (framing_.kind == Framing::Kind::kUnframeable) return BodyState::kBroken;
  if (framing_.kind == Framing::Kind::kChunked) return chunks_.Feed(bytes, offset, sink, log);
  std::string_view piece = bytes;
  if (framing_.kind == Framing::Kind::kLength) {
    piece = piece.substr(0, std::min<std::uint64_t>(left_, piece.size()));
    left_ -= piece.size();
  }
  bytes.remove_prefix(piece.size());
  if (!sink.Append(piece, offset, log)) return BodyState::kBroken;
  const bool done = framing_.kind == Framing::Kind::kLength && left_ == 0;
  return done ? BodyState::kDone : BodyState::kMore;
}

BodyState BodyReader::FinishAtClose(std::size_t offset, const ContentSink& sink,
                                    ObservationLog& log) {
  const std::size_t read = sink.body.size();
  if (framing_.kind == Framing::Kind::kUntilClose) {
    log.Add(observed::kEndsByClose, offset, fmt::format("after {} bytes of content", read));
    return BodyState::kDone;
  }
  log.Add(observed::kEarlyClose, offset,
          framing_.kind == Framing::Kind::kChunked
              ? fmt::format("within chunked content, after {} bytes of it", read)
              : fmt::format("after {} of {} bytes of content", read, framing_.length));
  return BodyState::kBroken;
}

}  // namespace conform
