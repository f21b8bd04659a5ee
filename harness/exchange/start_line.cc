#include "exchange/start_line.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"
#include "base/http_text.h"
#include "exchange/observation_names.h"

namespace conform {
namespace {

/// What RFC 9112 §4 lets a recipient take for the space between the parts of a status line.
constexpr std::string_view kWhiteSpace = " \t\v\f\r";

bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

std::string_view TakeWord(std::string_view& rest) {
  const std::string_view word = rest.substr(0, rest.find_first_of(kWhiteSpace));
  rest.remove_prefix(word.size());
  return word;
}

/// Takes the white space at the front; true where it is one space.
bool TakeSpace(std::string_view& rest) {
  const std::size_t end = std::min(rest.find_first_not_of(kWhiteSpace), rest.size());
  const bool one_space = rest.substr(0, end) == " ";
  rest.remove_prefix(end);
  return one_space;
}

bool ReadVersion(std::string_view version, std::size_t offset, ObservationLog& log) {
  const bool named = version.starts_with("HTTP/") && version.size() == 8 && version[6] == '.';
  if (!named || !IsDigit(version[5]) || !IsDigit(version[7])) {
    log.AddShown(observed::kVersionMalformed, offset, version);
    return false;
  }
  if (version[5] != '1') {
    log.Add(observed::kUnknownMajorVersion, offset, std::string(version));
    return false;
  }
  if (version[7] == '0') log.Add(observed::kHttp10, offset, std::string(version));
  if (version[7] > '1') log.Add(observed::kUnknownMinorVersion, offset, std::string(version));
  return true;
}

bool ReadStatus(std::string_view code, std::size_t offset, Response& response,
                ObservationLog& log) {
  if (code.size() != 3 || !std::all_of(code.begin(), code.end(), IsDigit)) {
    log.AddShown(observed::kStatusNotThreeDigits, offset, code);
    return false;
  }
  response.status = (code[0] - '0') * 100 + (code[1] - '0') * 10 + (code[2] - '0');
  if (response.status < 100 || response.status > 599) {
    log.Add(observed::kStatusOutOfRange, offset, std::string(code));
  }
  return response.status >= 100;
}

void ReadReason(std::string_view rest, std::size_t end, Response& response, ObservationLog& log) {
  if (rest.empty()) {
    log.AddShown(observed::kMissingReasonSpace, end, response.status_line);
    return;
  }
  const bool one_space = TakeSpace(rest);
  response.reason = rest;
  if (rest.empty()) log.AddShown(observed::kMissingReason, end, response.status_line);
  if (!one_space) log.AddShown(observed::kStatusLineWhiteSpace, end, response.status_line);
  for (std::size_t i = 0; i < rest.size(); ++i) {
    if (!IsControl(rest[i]) || rest[i] == '\t') continue;
    log.AddShown(rest[i] == '\r' ? observed::kBareCr : observed::kControlInReason,
                 end - rest.size() + i, rest);
  }
}

}  // namespace

bool ReadStatusLine(const Line& line, Response& response, ObservationLog& log) {
  response.status_line = line.text;
  if (line.bare_lf) log.Add(observed::kBareLf, line.offset, "the status line");
  std::string_view rest = line.text;
  bool spaced = rest.find_first_not_of(kWhiteSpace) == 0;
  TakeSpace(rest);
  if (rest.substr(0, 4) != "HTTP" && rest.substr(0, 4) != "http") {
    log.AddShown(observed::kStatusLineMalformed, line.offset, line.text);
    return false;
  }
  const std::string_view version = TakeWord(rest);
  if (!ReadVersion(version, line.offset, log)) return false;
  response.version = version;
  spaced = TakeSpace(rest) && spaced;
  const std::size_t code_offset = line.offset + line.text.size() - rest.size();
  if (!ReadStatus(TakeWord(rest), code_offset, response, log)) return false;
  if (!spaced) {
    log.AddShown(observed::kStatusLineWhiteSpace, line.offset, response.status_line);
  }
  ReadReason(rest, line.offset + line.text.size(), response, log);
  return true;
}

bool ReadRequestLine(const Line& line, Request& request, std::string& version,
                     ObservationLog& log) {
  if (line.bare_lf) log.Add(observed::kBareLf, line.offset, "the request line");
  const std::size_t first = line.text.find(' ');
  const std::size_t last = line.text.rfind(' ');
  if (first == std::string_view::npos || first == last) return false;
  request.method = line.text.substr(0, first);
  request.target = line.text.substr(first + 1, last - first - 1);
  version = line.text.substr(last + 1);
  return ReadVersion(version, line.offset + last + 1, log);
}

}  // namespace conform
