#include "base/yaml_advice.h"

#include <fmt/format.h>
#include <yaml-cpp/exceptions.h>

#include <array>
#include <string_view>

namespace conform {
namespace {

constexpr std::string_view kEndOfMap = "end of map not found";
constexpr std::string_view kEndOfFlowMap = "end of map flow not found";
constexpr std::string_view kIllegalMapValue = "illegal map value";

struct Advice {
  std::string_view message;  ///< begins yaml-cpp's message.
  std::string_view advice;
};

constexpr std::array<Advice, 11> kAdvice = {{
    {kEndOfFlowMap, "close the mapping with '}'"},
    {kEndOfMap, "begin the keys of one mapping in one column"},
    {"end of sequence flow not found", "close the list with ']'"},
    {"end of sequence not found", "begin the items of one list in one column, each with '- '"},
    {"illegal EOF in scalar", "close the quotes"},
    {"unknown token", "put a text that begins with this character in quotes"},
    {"illegal tab when looking for indentation", "indent with spaces"},
    {"illegal flow end", "remove the bracket, or open it before"},
    {"the referenced anchor is not defined", "write the value out, or mark it with '&' above"},
    {"unknown escape character: ", "double the backslash, or use single quotes"},
    {"bad character found while scanning hex number", "double the backslash, or use single quotes"},
}};

/// The nearest line above that has more than blanks and a comment; 0: none.
int LineAbove(const SourceText& source, int line) {
  for (--line; line > 0; --line) {
    const std::string_view text = source.Line(line);
    const std::size_t begin = text.find_first_not_of(" \t");
    if (begin != std::string_view::npos && text[begin] != '#') return line;
  }
  return 0;
}

/// Whether the line begins with a key whose value is written right behind the colon.
bool LacksSpace(std::string_view line) {
  const std::size_t colon = line.find(':');
  return colon != std::string_view::npos && colon + 1 < line.size() && line[colon + 1] != ' ';
}

std::string AdviseOnSpace(int line) {
  return fmt::format("write a space behind the ':' of line {}", line);
}

/// A `key: value` where none may stand: its line and the one above show which slip it was.
std::string AdviseOnKey(const YAML::Mark& mark, const SourceText& source) {
  const int line = mark.line + 1;
  const std::string_view here = source.Line(line);
  const std::size_t indent = here.find_first_not_of(" \t");
  if (here.substr(0, indent).find('\t') != std::string_view::npos) {
    return "indent with spaces, not tabs";
  }
  const std::size_t colon = static_cast<std::size_t>(mark.column);
  if (here.substr(0, colon).find(": ") != std::string_view::npos) {
    return "put a text that holds ': ' in quotes";
  }
  const int number = LineAbove(source, line);
  const std::string_view above = source.Line(number);
  const std::size_t above_indent = above.find_first_not_of(' ');
  if (LacksSpace(above)) return AdviseOnSpace(number);
  if (above_indent > indent) {
    return fmt::format("end what line {} begins, or put it in quotes", number);
  }
  if (above.find(':') == std::string_view::npos) {
    return fmt::format("write ': ' behind the key of line {}; a text goes into quotes", number);
  }
  return fmt::format(
      "begin it in the column of the key in line {}: that one has a value, so nothing stands below",
      number);
}

}  // namespace

std::string AdviseOn(const YAML::Exception& mistake, const SourceText& source) {
  const std::string_view message = mistake.msg;
  if (message == kIllegalMapValue) return AdviseOnKey(mistake.mark, source);
  if (message == kEndOfMap && LacksSpace(source.Line(mistake.mark.line + 1))) {
    return AdviseOnSpace(mistake.mark.line + 1);
  }
  if (message == kEndOfFlowMap &&
      source.Line(mistake.mark.line + 1).find("${") != std::string_view::npos) {
    return "between braces, put a text that holds ${…} in quotes";
  }
  for (const Advice& known : kAdvice) {
    if (message.starts_with(known.message)) return std::string(known.advice);
  }
  return "check the indentation and the quotes here";
}

}  // namespace conform
