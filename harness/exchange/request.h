// A request with every byte decided, and its writing onto the wire.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/fields.h"

namespace conform {

/// What is sent is what stands here: nothing is added, repaired or left out.
struct Request {
  std::string method;  ///< any token, and for hostile cases any bytes.
  std::string target;  ///< request-target as written on the request line (RFC 9112 §3.2).
  Fields fields;
  std::string body;                      ///< content before any transfer coding.
  bool chunked = false;                  ///< write `body` in chunks; the field is the case's.
  std::vector<std::size_t> chunk_sizes;  ///< used in turn, then one chunk for the rest.
  bool unframed = false;                 ///< its fields do not tell where the content ends.
};

/// Whether it may go a second time unasked: its method is safe (RFC 9110 §9.2.1), and no server can
/// take its content for further requests.
bool MayBeRepeated(const Request& request);

/// Whether a server that reads it by RFC 9112 finds its end where it is: nothing in it breaks a
/// line, and one Content-Length or chunked coding tells how long the content is, if there is any.
bool EndsWhereItSays(const Request& request);

/// The bytes of RFC 9112 §2.1.
std::string WriteRequest(const Request& request);

}  // namespace conform
