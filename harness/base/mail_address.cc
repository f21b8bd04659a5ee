#include "base/mail_address.h"

#include <algorithm>

#include "base/ascii.h"

namespace conform {
namespace {

bool IsLetter(char c) { return IsLower(c) || IsUpper(c) || static_cast<unsigned char>(c) >= 0x80; }

bool IsLocal(char c) {
  constexpr std::string_view kMarks = "!#$%*+-.^_`{|}~";
  return IsLetter(c) || IsDigit(c) || kMarks.find(c) != std::string_view::npos;
}

bool IsHost(char c) { return IsLetter(c) || IsDigit(c) || c == '-' || c == '.'; }

/// As much of the begin of `text` as can be the host of an address; empty: nothing.
std::string_view HostIn(std::string_view text) {
  const auto* const end = std::find_if_not(text.begin(), text.end(), IsHost);
  std::string_view host = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  while (host.ends_with('.') || host.ends_with('-')) host.remove_suffix(1);
  const std::size_t dot = host.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return {};
  constexpr std::size_t kShortestLast = 2;
  const std::string_view last = host.substr(dot + 1);
  const bool named =
      last.size() >= kShortestLast && std::all_of(last.begin(), last.end(), IsLetter);
  const bool odd = host.find("..") != std::string_view::npos || host.starts_with('.');
  const bool annotates = host.starts_with("odata.") || host.starts_with("microsoft.graph.");
  return named && !odd && !annotates ? host : std::string_view();
}

}  // namespace

std::vector<std::string_view> FindMailAddresses(std::string_view text) {
  std::vector<std::string_view> found;
  std::size_t from = 0;
  for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
    std::size_t begin = at;
    while (begin > from && IsLocal(text[begin - 1])) --begin;
    while (begin < at && text[begin] == '.') ++begin;
    const std::string_view host = begin == at ? std::string_view() : HostIn(text.substr(at + 1));
    from = at + 1 + host.size();
    if (!host.empty()) found.push_back(text.substr(begin, from - begin));
  }
  return found;
}

}  // namespace conform
