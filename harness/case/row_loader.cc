#include "case/row_loader.h"

#include <fmt/format.h>

#include <algorithm>

#include "case/beside_file.h"
#include "case/row_file.h"

namespace conform {
namespace {

void LoadColumns(const YamlEntry& row, const CaseContext& context, Case& loaded) {
  for (const YamlEntry& cell : row.value.entries) {
    const auto& columns = loaded.columns;
    if (std::find(columns.begin(), columns.end(), cell.key) != columns.end()) continue;
    if (loaded.rows.empty()) {
      loaded.columns.push_back(cell.key);
    } else {
      context.Complain(cell.key_span,
                       fmt::format("row '{}' has a column '{}' that row '{}' has not", row.key,
                                   cell.key, loaded.rows.front().name),
                       "every row has the same columns");
    }
  }
}

void LoadRow(const YamlEntry& entry, const CaseContext& context, Case& loaded) {
  if (!IsTestName(entry.key)) {
    context.Complain(entry.key_span, fmt::format("'{}' cannot name a row", entry.key),
                     "use lower-case letters, digits and underscores");
  }
  if (entry.value.kind != YamlNode::Kind::kMapping) {
    context.Complain(BlameSpan(entry), fmt::format("row '{}' must be a mapping, not {}", entry.key,
                                                   DescribeKind(entry.value)));
    return;
  }
  LoadColumns(entry, context, loaded);
  Row row{entry.key, {}, entry.key_span};
  for (const std::string& column : loaded.columns) {
    const YamlNode* value = entry.value.Find(column);
    if (value == nullptr) {
      context.Complain(entry.key_span, fmt::format("row '{}' has no '{}'", entry.key, column),
                       "every row has the same columns");
    }
    if (value != nullptr) context.CheckNumber(*value);
    row.values.push_back(value == nullptr ? nlohmann::json() : ToJson(*value));
  }
  loaded.rows.push_back(std::move(row));
}

/// `rows: {file: rows.csv, name: column}`: no row's name is followed by text.
bool IsRowFile(const YamlNode& rows) {
  const YamlNode* file = rows.Find("file");
  return file != nullptr && file->kind == YamlNode::Kind::kScalar;
}

void LoadFileRows(const YamlEntry& entry, const CaseContext& context, Case& loaded) {
  MapReader reader(context, entry.value, "rows", BlameSpan(entry));
  const YamlEntry* file = reader.Require("file");
  const auto name = reader.RequireText("name");
  reader.Finish();
  if (file == nullptr || !name) return;
  const auto path = FindBeside({file->value.scalar, file->value.span}, context);
  if (!path) return;
  const auto extension = path->extension();
  if (extension != ".csv" && extension != ".json") {
    context.Complain(file->value.span, fmt::format("'{}' is no file of rows", file->value.scalar),
                     "name a .csv or a .json file");
    return;
  }
  std::error_code failed;
  if (!std::filesystem::is_regular_file(*path, failed)) {
    context.Complain(file->value.span, fmt::format("'{}': no such file", file->value.scalar),
                     "the path is relative to the case file");
    return;
  }
  LoadRowFile(*path, *name, loaded, context.diagnostics);
}

void LoadAnyRows(const YamlEntry& entry, const CaseContext& context, Case& loaded) {
  if (entry.value.kind != YamlNode::Kind::kMapping) {
    context.Complain(
        BlameSpan(entry),
        fmt::format("'rows' must be a mapping of named rows, not {}", DescribeKind(entry.value)),
        "write rows: {first: {column: value}, second: {column: value}}");
    return;
  }
  if (IsRowFile(entry.value)) {
    LoadFileRows(entry, context, loaded);
    return;
  }
  if (entry.value.entries.empty()) {
    context.Complain(BlameSpan(entry), "'rows' has no row", "write one, or leave the key out");
  }
  for (const YamlEntry& row : entry.value.entries) LoadRow(row, context, loaded);
}

/// Those of rows in the case stand where the first row that has any names them.
void NoteColumns(const YamlNode& rows, const CaseContext& context, const Case& loaded) {
  const auto first =
      std::find_if(rows.entries.begin(), rows.entries.end(),
                   [](const YamlEntry& row) { return row.value.kind == YamlNode::Kind::kMapping; });
  for (const std::string& column : loaded.columns) {
    KnownColumn known{column, std::nullopt};
    if (first != rows.entries.end()) {
      for (const YamlEntry& cell : first->value.entries) {
        if (cell.key == column) known.span = cell.key_span;
      }
    }
    context.names.columns.push_back(std::move(known));
  }
}

}  // namespace

void LoadRows(const YamlEntry& entry, const CaseContext& context, Case& loaded) {
  const std::size_t before = context.diagnostics.errors();
  LoadAnyRows(entry, context, loaded);
  NoteColumns(entry.value, context, loaded);
  const bool whole = entry.value.kind == YamlNode::Kind::kMapping && !IsRowFile(entry.value);
  context.names.columns_in_doubt = !whole && context.diagnostics.errors() > before;
}

}  // namespace conform
