#include "contract/path_template.h"

#include <algorithm>
#include <optional>

#include "base/ascii.h"

namespace conform {
namespace {

constexpr std::string_view kForbidden = "{}?#\\\"<>^`|% \t\r\n";

std::vector<std::string_view> SegmentsOf(std::string_view path) {
  std::vector<std::string_view> segments;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::size_t slash = std::min(path.find('/'), path.size());
    segments.push_back(path.substr(0, slash));
    path.remove_prefix(slash);
  }
  return segments;
}

/// A stretch of a segment: a placeholder's name, or the text between two.
struct Part {
  std::string_view text;
  bool placeholder = false;
};

/// Takes the part at the front of `rest`; of an open brace that nothing closes all that follows.
Part TakePart(std::string_view& rest) {
  Part part;
  const std::size_t close = rest.find('}');
  part.placeholder = rest.front() == '{' && close != std::string_view::npos;
  const std::size_t end = part.placeholder ? close + 1 : std::min(rest.find('{', 1), rest.size());
  part.text = part.placeholder ? rest.substr(1, close - 1) : rest.substr(0, end);
  rest.remove_prefix(end);
  return part;
}

bool IsSegmentTemplate(std::string_view segment) {
  if (segment.empty()) return false;
  bool after_placeholder = false;
  while (!segment.empty()) {
    const Part part = TakePart(segment);
    if (part.text.empty() || part.text.find_first_of(kForbidden) != std::string_view::npos) {
      return false;
    }
    if (part.placeholder && after_placeholder) return false;
    after_placeholder = part.placeholder;
  }
  return true;
}

/// Of one character as it is sent: `%C3` is one.
std::size_t WidthOf(std::string_view sent) {
  const bool encoded =
      sent.size() > 2 && sent[0] == '%' && HexValue(sent[1]) >= 0 && HexValue(sent[2]) >= 0;
  return encoded ? 3 : 1;
}

/// How much of what is sent says `text` at its front; nothing where it says something else.
std::optional<std::size_t> WidthAtFront(std::string_view text, std::string_view sent) {
  std::size_t at = 0;
  for (const char c : text) {
    if (at == sent.size()) return std::nullopt;
    const std::size_t width = WidthOf(sent.substr(at));
    const char said = width == 1
                          ? sent[at]
                          : static_cast<char>(HexValue(sent[at + 1]) * 16 + HexValue(sent[at + 2]));
    if (said != c) return std::nullopt;
    at += width;
  }
  return at;
}

/// Where `text` begins in what is sent, behind a value that is not empty; `last`: and ends with it.
std::size_t FindBehindValue(std::string_view text, std::string_view sent, bool last) {
  for (std::size_t at = 0; at < sent.size();) {
    at += WidthOf(sent.substr(at));
    const auto width = WidthAtFront(text, sent.substr(at));
    if (width && (!last || at + *width == sent.size())) return at;
  }
  return std::string_view::npos;
}

}  // namespace

bool IsPathTemplate(std::string_view text) {
  if (text.empty() || text.front() != '/') return false;
  std::vector<std::string_view> segments = SegmentsOf(text);
  if (segments.back().empty()) segments.pop_back();
  if (!std::all_of(segments.begin(), segments.end(), IsSegmentTemplate)) return false;
  std::vector<std::string> names = PlaceholdersOf(text);
  std::sort(names.begin(), names.end());
  return std::adjacent_find(names.begin(), names.end()) == names.end();
}

std::vector<std::string> PlaceholdersOf(std::string_view path_template) {
  std::vector<std::string> names;
  for (std::string_view segment : SegmentsOf(path_template)) {
    while (!segment.empty()) {
      const Part part = TakePart(segment);
      if (part.placeholder) names.emplace_back(part.text);
    }
  }
  return names;
}

bool MatchSegment(std::string_view segment_template, std::string_view segment,
                  std::vector<std::string_view>& values) {
  while (!segment_template.empty()) {
    const Part part = TakePart(segment_template);
    if (!part.placeholder) {
      const auto width = WidthAtFront(part.text, segment);
      if (!width) return false;
      segment.remove_prefix(*width);
      continue;
    }
    std::string_view rest = segment_template;
    const std::string_view next = rest.empty() ? rest : TakePart(rest).text;
    // The text behind the last placeholder is the segment's end; any other the first that fits.
    const std::size_t end =
        next.empty() ? segment.size() : FindBehindValue(next, segment, rest.empty());
    if (end == 0 || end > segment.size()) return false;
    values.push_back(segment.substr(0, end));
    segment.remove_prefix(end);
  }
  return segment.empty();
}

}  // namespace conform
