#include "run/har_text.h"

#include <algorithm>

#include "base/digest.h"

namespace conform {
std::optional<std::string> DecodeHarBase64(std::string_view text) {
  std::string url;
  url.reserve(text.size());
  for (const char c : text) {
    if (c == '\r' || c == '\n' || c == ' ' || c == '\t') continue;
    url += c == '+' ? '-' : c == '/' ? '_' : c;
  }
  return DecodeBase64Url(url);
}

std::vector<int> FindEntryLines(std::string_view text) {
  struct Level {
    bool array = false;
    std::string_view key;  ///< of an object the member now read.
  };
  std::vector<Level> levels;
  std::vector<int> lines;
  int line = 1;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n') ++line;
    if (c == '"') {
      const std::size_t begin = ++i;
      for (; i < text.size() && text[i] != '"'; ++i) i += text[i] == '\\' ? 1 : 0;
      const std::size_t next = std::min(text.find_first_not_of(" \t\r\n", i + 1), text.size());
      const bool is_key = next < text.size() && text[next] == ':';
      if (is_key && !levels.empty()) levels.back().key = text.substr(begin, i - begin);
    } else if (c == '{' || c == '[') {
      const bool entry = c == '{' && levels.size() == 3 && levels[2].array &&
                         levels[0].key == "log" && levels[1].key == "entries";
      if (entry) lines.push_back(line);
      levels.push_back({c == '[', ""});
    } else if ((c == '}' || c == ']') && !levels.empty()) {
      levels.pop_back();
    }
  }
  return lines;
}

}  // namespace conform
