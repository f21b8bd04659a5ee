// Takes a request's content off the connection (RFC 9112 §6).
#pragma once

#include <cstddef>
#include <string>
#include <tl/expected.hpp>

#include "base/fields.h"
#include "mock/mock_connection.h"

namespace conform {

/// Content larger than this, its chunks' framing counted, is refused with 413.
inline constexpr std::size_t kLargestRequestBody = std::size_t{16} * 1024 * 1024;

/// Whether Content-Length or Transfer-Encoding is there.
bool DeclaresLength(const Fields& fields);

/// The content, transfer coding removed; empty where none is declared. Else the status to refuse
/// with: 400 where the framing is malformed or the content broke off, 413, or 501 for a transfer
/// coding other than chunked.
tl::expected<std::string, int> ReadRequestBody(const Fields& fields, MockConnection& connection);

}  // namespace conform
