// Reads a message's content up to its end, with the transfer coding removed.
#pragma once

#include "exchange/bounds.h"
#include "exchange/chunk_reader.h"
#include "exchange/content_sink.h"
#include "exchange/framing.h"

namespace conform {

class BodyReader {
 public:
  BodyReader(const Framing& framing, const Bounds& bounds);

  /// Takes what belongs to the message off the front of `bytes`, which stand at `offset`.
  BodyState Feed(std::string_view& bytes, std::size_t offset, const ContentSink& sink,
                 ObservationLog& log);
  /// The peer closed at `offset`: the end of content that ends so, else an observation.
  BodyState FinishAtClose(std::size_t offset, const ContentSink& sink, ObservationLog& log);

  const Framing& framing() const { return framing_; }

 private:
  Framing framing_;
  ChunkReader chunks_;
  std::uint64_t left_ = 0;  // of a declared length.
};

}  // namespace conform
