// An answer as it was read: RFC 9112, no repair.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "base/fields.h"

namespace conform {

/// Chunk sizes kept: enough to see how a server cuts, too few to fill memory.
inline constexpr std::size_t kMaxChunkSizes = 1000;

struct JsonBody;

struct InterimResponse {
  int status = 0;
  std::string status_line;
  Fields fields;
};

struct Response {
  std::string status_line;  ///< as sent, without its line end.
  std::string version;      ///< e.g. `HTTP/1.1`.
  int status = 0;           ///< 100 to 999 as written.
  std::string reason;       ///< empty is legal (RFC 9112 §4).
  Fields fields;
  std::string body;            ///< content with transfer coding removed, content coding kept.
  std::string decoded_body;    ///< `body` with content coding removed; equal to it where none was.
  bool body_cut = false;       ///< a bound was hit: `body` or `decoded_body` is only the beginning.
  bool still_coded = false;    ///< a content coding was not removed: `decoded_body` has it.
  std::size_t body_bytes = 0;  ///< length of the content as far as it was read.
  std::vector<std::size_t> chunk_sizes;  ///< of a chunked answer, the first kMaxChunkSizes.
  Fields trailers;
  std::vector<InterimResponse> interim;  ///< 1xx answers that came first.
  /// What ReadJsonBody read last, for it alone.
  mutable std::shared_ptr<const JsonBody> read_json = {};
};

}  // namespace conform
