#include "base/tunnel_answer.h"

#include <algorithm>
#include <charconv>

#include "base/http_text.h"

namespace conform {
namespace {

constexpr std::string_view kLineEnd = "\r\n";

/// Of `HTTP/1.1 200 …`; 0: it is no such line.
int StatusIn(std::string_view line) {
  constexpr std::string_view kVersion = "HTTP/1.";
  constexpr std::size_t kDigits = 3;
  if (!line.starts_with(kVersion) || line.size() < kVersion.size() + 2 + kDigits) return 0;
  int status = 0;
  const char* const begin = line.data() + kVersion.size() + 2;
  const auto [end, failed] = std::from_chars(begin, begin + kDigits, status);
  const bool ends = end == line.data() + line.size() || *end == ' ';
  return failed == std::errc() && end == begin + kDigits && ends ? status : 0;
}

}  // namespace

TunnelAnswer ReadTunnelAnswer(std::string_view head) {
  TunnelAnswer answer;
  for (bool first = true; !head.empty(); first = false) {
    const std::size_t end = std::min(head.find(kLineEnd), head.size());
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(std::min(end + kLineEnd.size(), head.size()));
    const std::size_t colon = line.find(':');
    if (first) {
      answer.status = StatusIn(line);
    } else if (colon != std::string_view::npos) {
      answer.fields.push_back({std::string(line.substr(0, colon)),
                               std::string(TrimWhiteSpace(line.substr(colon + 1)))});
    }
  }
  return answer;
}

}  // namespace conform
