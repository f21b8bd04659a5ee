#include "mock/answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace conform {
namespace {

constexpr std::array<std::pair<int, std::string_view>, 27> kReasonPhrases = {{
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {304, "Not Modified"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {422, "Unprocessable Content"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
}};

bool HasNoContent(int status) { return status < 200 || status == 204 || status == 304; }

}  // namespace

std::string_view ReasonPhrase(int status) {
  const auto found = std::find_if(kReasonPhrases.begin(), kReasonPhrases.end(),
                                  [status](const auto& row) { return row.first == status; });
  return found == kReasonPhrases.end() ? "Unknown" : found->second;
}

WireAnswer FrameAnswer(const Answer& answer, std::string_view method) {
  WireAnswer wire;
  wire.status = answer.status;
  wire.status_line = fmt::format("HTTP/1.1 {} {}\r\n", answer.status, ReasonPhrase(answer.status));
  wire.field_lines.reserve(answer.fields.size() + 2);
  for (const Field& field : answer.fields) {
    std::string& line = wire.field_lines.emplace_back();
    line.reserve(field.name.size() + field.value.size() + 4);
    line.append(field.name).append(": ").append(field.value).append("\r\n");
  }
  if (!HasNoContent(answer.status)) {
    wire.field_lines.push_back(fmt::format("Content-Length: {}\r\n", answer.body.size()));
    if (method != "HEAD") wire.body = answer.body;
  }
  if (answer.close) CloseAfter(wire);
  return wire;
}

void RemoveLength(WireAnswer& answer) {
  std::erase_if(answer.field_lines,
                [](const std::string& line) { return line.starts_with("Content-Length:"); });
}

void CloseAfter(WireAnswer& answer) {
  constexpr std::string_view kClose = "Connection: close\r\n";
  const auto& lines = answer.field_lines;
  if (std::find(lines.begin(), lines.end(), kClose) == lines.end()) {
    answer.field_lines.emplace_back(kClose);
  }
  answer.close = true;
}

std::string RenderAnswer(const WireAnswer& answer) {
  std::string bytes;
  std::size_t size = answer.status_line.size() + answer.body.size() + 2;
  for (const std::string& line : answer.field_lines) size += line.size();
  bytes.reserve(size);
  bytes += answer.status_line;
  for (const std::string& line : answer.field_lines) bytes += line;
  bytes += "\r\n";
  bytes += answer.body;
  return bytes;
}

}  // namespace conform
