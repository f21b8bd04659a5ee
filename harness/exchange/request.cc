#include "exchange/request.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/ascii.h"
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

bool IsOneLine(const Field& field) { return IsToken(field.name) && IsFieldValue(field.value); }

}  // namespace

bool EndsWhereItSays(const Request& request) {
  const bool has_lines = IsToken(request.method) &&
                         std::all_of(request.target.begin(), request.target.end(), IsVisible) &&
                         std::all_of(request.fields.begin(), request.fields.end(), IsOneLine);
  if (request.unframed || !has_lines) return false;
  const auto lengths = FieldValues(request.fields, "Content-Length");
  const auto codings = FieldValues(request.fields, "Transfer-Encoding");
  if (request.chunked) {
    return lengths.empty() && codings.size() == 1 && SameFieldName(codings.front(), "chunked");
  }
  if (lengths.empty()) return codings.empty() && request.body.empty();
  return codings.empty() && lengths.size() == 1 &&
         lengths.front() == std::to_string(request.body.size());
}

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
