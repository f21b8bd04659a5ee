// Where a message ends, told from its start line and fields (RFC 9112 §6.3).
#pragma once

#include <cstdint>
#include <string_view>

#include "base/fields.h"
#include "exchange/observation_log.h"
#include "exchange/response.h"

namespace conform {

struct Framing {
  enum class Kind {
    kNoContent,  ///< by the status or the request's method, whatever the fields say.
    kLength,     ///< `length` bytes.
    kChunked,
    kUntilClose,
    kUnframeable  ///< the lengths given contradict each other or are none.
  };

  Kind kind = Kind::kNoContent;
  std::uint64_t length = 0;  ///< a length that does not fit is the largest that does.
  bool doubtful = false;     ///< the connection must not be used again after this message.
};

/// `offset` is of the header section's end, for what is observed.
Framing FrameResponse(const Response& response, std::string_view request_method, std::size_t offset,
                      ObservationLog& log);
Framing FrameRequest(const Fields& fields, std::size_t offset, ObservationLog& log);

}  // namespace conform
