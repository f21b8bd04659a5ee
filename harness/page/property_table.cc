#include "page/property_table.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "page/page_words.h"
#include "page/plain_text.h"

namespace conform {
namespace {

struct NamedType {
  std::string_view name;  ///< a whole word of the type, in lower case.
  std::string_view json;
};

constexpr std::array kTypes = {NamedType{"string", "string"},
                               NamedType{"guid", "string"},
                               NamedType{"datetimeoffset", "string"},
                               NamedType{"datetime", "string"},
                               NamedType{"date", "string"},
                               NamedType{"timeofday", "string"},
                               NamedType{"duration", "string"},
                               NamedType{"binary", "string"},
                               NamedType{"stream", "string"},
                               NamedType{"uri", "string"},
                               NamedType{"url", "string"},
                               NamedType{"boolean", "boolean"},
                               NamedType{"bool", "boolean"},
                               NamedType{"booleano", "boolean"},
                               NamedType{"booliano", "boolean"},
                               NamedType{"int16", "integer"},
                               NamedType{"int32", "integer"},
                               NamedType{"int64", "integer"},
                               NamedType{"integer", "integer"},
                               NamedType{"int", "integer"},
                               NamedType{"double", "number"},
                               NamedType{"single", "number"},
                               NamedType{"decimal", "number"},
                               NamedType{"float", "number"},
                               NamedType{"number", "number"},
                               NamedType{"логическое", "boolean"},
                               NamedType{"строка", "string"},
                               NamedType{"строковое", "string"},
                               NamedType{"字符串", "string"},
                               NamedType{"布尔", "boolean"},
                               NamedType{"布尔值", "boolean"},
                               NamedType{"文字列", "string"},
                               NamedType{"ブール", "boolean"},
                               NamedType{"ブール値", "boolean"},
                               NamedType{"cadena", "string"},
                               NamedType{"cadeia", "string"},
                               NamedType{"zeichenfolge", "string"},
                               NamedType{"boolesch", "boolean"},
                               NamedType{"chaîne", "string"},
                               NamedType{"booléen", "boolean"},
                               NamedType{"stringa", "string"},
                               NamedType{"문자열", "string"},
                               NamedType{"부울", "boolean"}};

/// Words of text in lower case, cut at what is neither letter nor digit.
std::vector<std::string> WordsOf(std::string_view text) {
  std::vector<std::string> words(1);
  for (const char c : ToLower(text)) {
    const bool part =
        (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    if (part) {
      words.back() += c;
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  return words;
}

bool IsName(const std::string& text) {
  static const RE2 kName(R"([A-Za-z_$@][A-Za-z0-9_.$@-]*)");
  return RE2::FullMatch(text, kName);
}

}  // namespace

nlohmann::json SchemaOfType(std::string_view type) {
  const std::vector<std::string> words = WordsOf(WithoutMarks(type));
  nlohmann::json schema = nlohmann::json::object();
  for (const std::string& word : words) {
    for (const NamedType& named : kTypes) {
      if (word == named.name && schema.empty()) schema["type"] = std::string(named.json);
    }
  }
  if (!HasWord(type, Word::kCollection)) return schema;
  nlohmann::json list = {{"type", "array"}};
  if (!schema.empty()) list["items"] = schema;
  return list;
}

std::vector<PropertyRow> ReadPropertyTable(const PageContext& context, const Block& block) {
  std::vector<PropertyRow> rows;
  // Of what values one of them may have a table of its own tells.
  const std::string head =
      block.table.header.empty() ? "" : ToLower(WithoutMarks(block.table.header[0].Text()));
  constexpr std::string_view kValues[] = {"value", "values",  "wert",   "werte",    "valeur",
                                          "valor", "valores", "valore", "Значение", "значение",
                                          "値",    "값",      "值",     "member"};
  if (std::find(std::begin(kValues), std::end(kValues), head) != std::end(kValues)) return rows;
  for (const std::vector<Passage>& cells : block.table.rows) {
    if (cells.empty()) continue;
    std::string name = WithoutMarks(cells.front().Text());
    // `displayName (optional)`
    const std::size_t space = name.find(' ');
    if (space != std::string::npos && name[space + 1] == '(') name.erase(space);
    if (name.empty()) continue;
    if (!IsName(name)) {
      context.Warn(cells.front().first_line, fmt::format("'{}' is no name of a property", name),
                   "a translated name? The row is left out");
      continue;
    }
    PropertyRow row;
    row.name = std::move(name);
    row.schema = cells.size() > 1 ? SchemaOfType(cells[1].Text()) : nlohmann::json::object();
    std::string text;
    for (const Passage& cell : cells) text += cell.Text() + ". ";
    row.optional = HasWord(text, Word::kOptional);
    row.required = !row.optional && SaysRequired(text);
    row.place = PlaceOfRow(block, cells);
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace conform
