// Request line and header section as they came over the wire, read strictly (RFC 9112 §3, §5).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mock/header_field.h"

namespace conform {

struct RequestLine {
  std::string method;
  std::string target;
  int minor_version = 1;
};

/// `line` without its line end. Nothing where it is no request line of HTTP/1.x.
std::optional<RequestLine> ReadRequestLine(std::string_view line);

struct RequestHead {
  RequestLine line;
  HeaderFields fields;
};

/// The bytes up to and with the empty line. Nothing where a line ends with LF alone, is
/// folded, has no colon, white space before it, no token for a name or a control character in its
/// value.
std::optional<RequestHead> ReadRequestHead(std::string_view bytes);

}  // namespace conform
