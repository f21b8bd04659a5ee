// Removes one content coding (RFC 9110 §8.4.1), no further than a bound.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace conform {

enum class ContentCoding { kGzip, kDeflate, kBrotli };

struct DecodedContent {
  std::string bytes;         ///< as far as it could be decoded.
  bool cut = false;          ///< `max_bytes` was hit.
  bool raw_deflate = false;  ///< deflate without the zlib format that the RFC asks for.
  std::string malformation;  ///< empty: none.
};

/// Memory and time are bounded by `max_bytes`, however small `coded` is.
DecodedContent DecodeContent(ContentCoding coding, std::string_view coded, std::size_t max_bytes);

}  // namespace conform
