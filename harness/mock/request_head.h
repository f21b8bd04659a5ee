// Request line and header section as they came over the wire, read strictly (RFC 9112 §3, §5).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/fields.h"

namespace conform {

struct RequestLine {
  std::string method;
  std::string target;
  int major_version = 1;  ///< a head of any other is read alike, and to be refused.
  int minor_version = 1;  ///< more than 1 counts as 1 (RFC 9110 §2.5).
};

/// `line` without its line end. Nothing where it is no request line.
std::optional<RequestLine> ReadRequestLine(std::string_view line);

struct RequestHead {
  RequestLine line;
  Fields fields;
};

/// The bytes up to and with the empty line. Nothing where a line ends with LF alone, is
/// folded, has no colon, white space before it, no token for a name or a control character in its
/// value.
std::optional<RequestHead> ReadRequestHead(std::string_view bytes);

/// `host` or `host:port`, the host a name, an address or one in brackets, and not empty, as the
/// target of an http address has it (RFC 9110 §4.2.1, RFC 3986 §3.2.2).
bool IsHostValue(std::string_view value);

}  // namespace conform
