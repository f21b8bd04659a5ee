#include "contract/spelling.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"
#include "base/date.h"
#include "base/http_text.h"
#include "base/origin.h"

namespace conform {
namespace {

bool IsLowerWordCharacter(char c) { return IsLower(c) || IsDigit(c) || c == '_'; }
bool IsWordCharacter(char c) { return IsLowerWordCharacter(c) || IsUpper(c); }

bool AllOf(std::string_view text, bool (*holds)(char)) {
  return !text.empty() && std::all_of(text.begin(), text.end(), holds);
}

/// Words joined by single dots.
bool IsDotted(std::string_view text, bool (*holds)(char)) {
  while (true) {
    const std::size_t dot = text.find('.');
    if (!AllOf(text.substr(0, dot), holds)) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

bool IsLowerHex(std::string_view text, std::size_t length) {
  return text.size() == length &&
         AllOf(text, [](char c) { return IsDigit(c) || (c >= 'a' && c <= 'f'); });
}

}  // namespace

bool HasDotSegment(std::string_view path) {
  for (std::size_t begin = 0; begin < path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view segment = path.substr(begin, end - begin);
    if (segment == "." || segment == "..") return true;
    begin = end + 1;
  }
  return false;
}

bool IsClauseId(std::string_view text) { return IsDotted(text, IsLowerWordCharacter); }
bool IsSetName(std::string_view text) { return AllOf(text, IsLowerWordCharacter); }
bool IsOperationName(std::string_view text) { return IsDotted(text, IsWordCharacter); }

bool IsMonth(std::string_view text) { return text.size() == 7 && ParseDate(text).has_value(); }
bool IsDay(std::string_view text) { return text.size() == 10 && ParseDate(text).has_value(); }
bool IsSha256(std::string_view text) { return IsLowerHex(text, 64); }
bool IsFingerprint(std::string_view text) { return IsLowerHex(text, 16); }

bool IsMediaType(std::string_view text) {
  const std::size_t slash = text.find('/');
  return slash != std::string_view::npos && IsToken(text.substr(0, slash)) &&
         IsToken(text.substr(slash + 1));
}

bool IsScope(std::string_view text) {
  return AllOf(text, [](char c) { return c > ' ' && c <= '~' && c != '"' && c != '\\'; });
}

bool IsLineOfText(std::string_view text) {
  const auto is_control = [](char c) { return (c >= 0 && c < 0x20) || c == 0x7f; };
  return text.find_first_not_of(' ') != std::string_view::npos &&
         std::none_of(text.begin(), text.end(), is_control);
}

bool IsServerAddress(std::string_view text) {
  // Of all spellings of its scheme one is written.
  if (!text.starts_with("https://") && !text.starts_with("http://")) return false;
  const std::size_t slash = text.find('/', text.find("://") + 3);
  const auto origin = ParseOrigin(text.substr(0, slash));
  if (!origin || (origin->scheme == "http" && !IsLoopback(*origin))) return false;
  if (slash == std::string_view::npos) return true;
  const std::string_view path = text.substr(slash);
  return path.back() != '/' && path.find("//") == std::string_view::npos && !HasDotSegment(path) &&
         std::all_of(path.begin(), path.end(), [](char c) {
           return c == '/' || (IsTokenCharacter(c) && c != '#' && c != '%');
         });
}

std::vector<PlacedText> ReadPlacedTexts(MapReader& reader, std::string_view key) {
  std::vector<PlacedText> texts;
  if (reader.Texts(key).empty()) return texts;
  const YamlNode& value = reader.Find(key)->value;
  if (value.kind == YamlNode::Kind::kScalar) texts.push_back({value.scalar, value.span});
  for (const YamlNode& item : value.items) {
    if (item.kind == YamlNode::Kind::kScalar) texts.push_back({item.scalar, item.span});
  }
  return texts;
}

std::string ReadSpelled(const YamlContext& context, std::string_view what, const YamlNode& node,
                        const Span& blame, const SpellingRule& spelling) {
  const bool is_text = node.kind == YamlNode::Kind::kScalar;
  if (is_text && spelling.holds(node.scalar)) return node.scalar;
  context.Complain(blame,
                   fmt::format("{} must be {}, not {}", what, spelling.noun, DescribeValue(node)),
                   std::string(spelling.advice));
  return "";
}

std::string RequireSpelled(const YamlContext& context, MapReader& reader, std::string_view key,
                           const SpellingRule& spelling) {
  const YamlEntry* entry = reader.Require(key);
  if (entry == nullptr) return "";
  return ReadSpelled(context, fmt::format("'{}'", key), entry->value, entry->value.span, spelling);
}

}  // namespace conform
