// Where content goes while it is read, no more of it than a bound allows.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "exchange/observation_log.h"

namespace conform {

enum class BodyState { kMore, kDone, kBroken };

struct ContentSink {
  std::string& body;
  Fields& trailers;
  std::vector<std::size_t>& chunk_sizes;
  std::size_t max_bytes;

  /// False: the bound was hit within `piece`, which stands at `offset`; that is observed, and what
  /// fits is kept.
  bool Append(std::string_view piece, std::size_t offset, ObservationLog& log) const;
};

}  // namespace conform
