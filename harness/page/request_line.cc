#include "page/request_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "contract/path_template.h"
#include "page/plain_text.h"

namespace conform {
namespace {

constexpr std::array<std::string_view, 7> kMethods = {"GET",    "POST", "PATCH",  "PUT",
                                                      "DELETE", "HEAD", "OPTIONS"};

/// Takes a method and the white space behind it off `line`.
std::string TakeMethod(std::string_view& line) {
  for (const std::string_view method : kMethods) {
    if (line.size() <= method.size() + 1) continue;
    if (ToLower(line.substr(0, method.size())) != ToLower(method)) continue;
    const char next = line[method.size()];
    if (next != ' ' && next != '\t') continue;
    line.remove_prefix(method.size());
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    return std::string(method);
  }
  return "";
}

/// `id | userPrincipalName` gives `id-or-userPrincipalName`.
std::string PlaceholderName(std::string_view text) {
  std::string name;
  for (const char c : text) {
    const bool word = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                      c == '_' || c == '-' || c == '.' || c == '$' ||
                      static_cast<unsigned char>(c) >= 0x80;
    if (c == '|') {
      while (!name.empty() && name.back() == '-') name.pop_back();
      name += "-or-";
    } else if (word) {
      name += c;
    } else if (!name.empty() && name.back() != '-') {
      name += '-';
    }
  }
  while (!name.empty() && name.back() == '-') name.pop_back();
  return name.empty() ? "id" : name;
}

/// `<id>` and `{id | name}` become `{id}` and `{id-or-name}`; blanks outside of them end the path.
std::string WithPlainPlaceholders(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char close = text[i] == '{' ? '}' : text[i] == '<' ? '>' : '\0';
    const std::size_t end = close == '\0' ? std::string_view::npos : text.find(close, i);
    if (end != std::string_view::npos) {
      std::string_view name = text.substr(i + 1, end - i - 1);
      while (name.starts_with('{') || name.starts_with('<')) name.remove_prefix(1);
      result += "{" + PlaceholderName(name) + "}";
      i = end;
      continue;
    }
    if (text[i] == ' ' || text[i] == '\t') break;
    if (text[i] != '}' && text[i] != '>' && text[i] != '\\') result += text[i];
  }
  return result;
}

/// Takes `https://host` and `/v1.0` off the front of `path`.
void TakeServer(std::string& path, DocumentedLine& line) {
  const std::size_t scheme = path.find("://");
  if (scheme < 6) {  // npos is not
    const std::size_t slash = std::min(path.find('/', scheme + 3), path.size());
    line.host = ToLower(path.substr(scheme + 3, slash - scheme - 3));
    path.erase(0, slash);
  } else if (path.starts_with("graph.microsoft.com")) {
    line.host = "graph.microsoft.com";
    path.erase(0, line.host.size());
  }
  for (const std::string version : {"v1.0", "beta", "{version}"}) {
    if (!path.starts_with("/" + version) && !path.starts_with(version + "/")) continue;
    const std::size_t length = version.size() + (path.front() == '/' ? 1 : 0);
    if (path.size() > length && path[length] != '/') continue;
    path.erase(0, length);
    if (version != "{version}") line.version = version;
    break;
  }
}

/// `{id}` twice in a path: each is named after the segment before it, `{user-id}`.
std::string WithUniqueNames(const std::string& path) {
  std::vector<std::string> names = PlaceholdersOf(path);
  std::string result;
  std::string before;  // the last literal segment
  for (std::size_t i = 0; i < path.size();) {
    const std::size_t end = std::min(path.find('/', i + 1), path.size());
    std::string segment = path.substr(i, end - i);
    i = end;
    const std::size_t open = segment.find('{');
    const std::size_t close = segment.find('}');
    const std::string name = open == std::string::npos || close == std::string::npos || close < open
                                 ? ""
                                 : segment.substr(open + 1, close - open - 1);
    if (std::count(names.begin(), names.end(), name) > 1) {
      std::string owner = before.empty() ? segment.substr(1, open - 1) : before;
      if (owner.size() > 1 && owner.back() == 's') owner.pop_back();
      segment.replace(open + 1, name.size(), PlaceholderName(fmt::format("{}-{}", owner, name)));
    }
    if (open == std::string::npos) before = segment.substr(1);
    result += segment;
  }
  return result;
}

void ReadQuery(std::string_view text, DocumentedLine& line) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    const std::string_view pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t equals = std::min(pair.find('='), pair.size());
    std::string name(pair.substr(0, equals));
    std::erase_if(name,
                  [](char c) { return c == '[' || c == ']' || c == '{' || c == '}' || c == ' '; });
    if (name.starts_with("%24")) name.replace(0, 3, "$");
    if (name.empty() || name.find_first_of("'\"()<>#") != std::string::npos) continue;
    line.query.emplace_back(name, pair.substr(std::min(equals + 1, pair.size())));
  }
}

}  // namespace

std::optional<DocumentedLine> ReadDocumentedLine(std::string_view text) {
  const std::string collapsed = CollapseSpace(text);
  std::string_view rest = collapsed;
  DocumentedLine line;
  line.method = TakeMethod(rest);
  if (line.method.empty()) return std::nullopt;
  // A question mark inside braces belongs to a name.
  std::size_t mark = rest.find('?');
  const std::size_t open = rest.find('[');
  if (open != std::string_view::npos && open + 1 == mark) mark = open;  // `[?$filter]`
  ReadQuery(mark == std::string_view::npos ? "" : rest.substr(rest.find('?') + 1), line);
  std::string path = WithPlainPlaceholders(rest.substr(0, mark));
  TakeServer(path, line);
  if (path.empty()) return std::nullopt;
  if (path.front() != '/') path.insert(path.begin(), '/');
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  for (std::size_t at = path.find("//"); at != std::string::npos; at = path.find("//")) {
    path.erase(at, 1);
  }
  path = WithUniqueNames(path);
  line.path = path != "/" && IsPathTemplate(path) ? path : "";
  return line;
}

}  // namespace conform
