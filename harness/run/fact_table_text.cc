#include "run/fact_table_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/utf8.h"
#include "report/markdown.h"

namespace conform {
namespace {

using OrderedJson = nlohmann::ordered_json;

constexpr std::size_t kMostInCell = 38;  // characters of a terminal's column
constexpr std::size_t kMostInTable = 300;

std::size_t CountOfDifferences(const FactTable& table) {
  return static_cast<std::size_t>(std::count_if(table.rows.begin(), table.rows.end(),
                                                [](const FactRow& row) { return row.differs; }));
}

std::string Summary(const FactTable& table) {
  const std::size_t count = CountOfDifferences(table);
  return count == 0 ? fmt::format("{} facts, all alike", table.rows.size())
                    : fmt::format("{} of {} facts differ", count, table.rows.size());
}

/// Filled up with spaces by characters, not bytes.
std::string Cell(const std::string& text, std::size_t width) {
  std::string cell = ShowLine(text.empty() ? "(nothing)" : text, width);
  const std::size_t length = CountCharacters(cell);
  if (length < width) cell.append(width - length, ' ');
  return cell;
}

std::string TextOf(const FactTable& table) {
  std::size_t widest = 4;
  for (const FactRow& row : table.rows) widest = std::max(widest, CountCharacters(row.fact));
  widest = std::min(widest, kMostInCell);
  std::string out =
      fmt::format("  first   {}\n  second  {}\n  seen    {}\n\n", ShowLine(table.first.place),
                  ShowLine(table.second.place), ShowLine(table.run));
  const auto line = [&](char mark, const FactRow& row) {
    std::string text =
        fmt::format("{} {}  {}  {}  {}", mark, Cell(row.fact, widest), Cell(row.first, kMostInCell),
                    Cell(row.second, kMostInCell), ShowLine(row.seen, kMostInCell));
    text.erase(text.find_last_not_of(' ') + 1);
    out += text + "\n";
  };
  line(' ', {"fact", "first", "second", "seen", false});
  for (const FactRow& row : table.rows) line(row.differs ? '!' : ' ', row);
  return out + "\n" + Summary(table) + "\n";
}

std::string InCell(const std::string& text) { return EscapeMarkdown(text, kMostInTable); }

std::string MarkdownOf(const FactTable& table) {
  std::string out = fmt::format(
      "# Facts\n\n- first: {}\n- second: {}\n- seen: {}\n- {}\n\n"
      "| | fact | first | second | seen |\n|---|---|---|---|---|\n",
      InCell(table.first.place), InCell(table.second.place), InCell(table.run), Summary(table));
  for (const FactRow& row : table.rows) {
    out += fmt::format("| {} | {} | {} | {} | {} |\n", row.differs ? "!" : "", InCell(row.fact),
                       InCell(row.first), InCell(row.second), InCell(row.seen));
  }
  return out;
}

OrderedJson SideOf(const ComparedEdition& side) {
  return {{"place", side.place}, {"operation", side.operation}, {"edition", side.edition}};
}

std::string JsonOf(const FactTable& table) {
  OrderedJson rows = OrderedJson::array();
  for (const FactRow& row : table.rows) {
    rows.push_back({{"fact", row.fact},
                    {"first", row.first},
                    {"second", row.second},
                    {"seen", row.seen},
                    {"differs", row.differs}});
  }
  const OrderedJson json = {
      {"schema", "conform.facts.v1"},           {"first", SideOf(table.first)},
      {"second", SideOf(table.second)},         {"run", table.run},
      {"same", CountOfDifferences(table) == 0}, {"facts", std::move(rows)}};
  return json.dump(2, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
}

}  // namespace

std::string RenderFacts(const FactTable& table, const std::string& form) {
  if (form == "json") return JsonOf(table);
  return form == "markdown" ? MarkdownOf(table) : TextOf(table);
}

}  // namespace conform
