#include "exchange/request.h"

#include <fmt/format.h>

#include <iterator>

#include "base/http_text.h"

namespace conform {
namespace {

void AppendChunk(std::string& bytes, std::string_view content) {
  fmt::format_to(std::back_inserter(bytes), "{:x}\r\n{}\r\n", content.size(), content);
}

void AppendChunked(std::string& bytes, const Request& request) {
  std::string_view rest = request.body;
  for (const std::size_t size : request.chunk_sizes) {
    // A chunk of size zero is the last chunk: it would end the body early.
    if (size == 0 || rest.empty()) continue;
    AppendChunk(bytes, rest.substr(0, size));
    rest.remove_prefix(std::min(size, rest.size()));
  }
  if (!rest.empty()) AppendChunk(bytes, rest);
  bytes += "0\r\n\r\n";
}

}  // namespace

bool MayBeRepeated(const Request& request) {
  return IsSafeMethod(request.method) && !request.unframed;
}

std::string WriteRequest(const Request& request) {
  std::string bytes;
  bytes.reserve(512 + request.body.size());
  bytes.append(request.method).append(" ").append(request.target).append(" HTTP/1.1\r\n");
  for (const Field& field : request.fields) {
    bytes.append(field.name).append(": ").append(field.value).append("\r\n");
  }
  bytes += "\r\n";
  if (request.chunked) {
    AppendChunked(bytes, request);
  } else {
    bytes += request.body;
  }
  return bytes;
}

}  // namespace conform
