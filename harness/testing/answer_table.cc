#include "testing/answer_table.h"

#include <algorithm>
#include <array>

#include "base/map_reader.h"

namespace conform {
namespace {

std::string Unescape(const std::string& text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') continue;
    if (text[i] != '\\' || i + 1 == text.size()) {
      bytes += text[i];
      continue;
    }
    const char escape = text[++i];
    if (escape == 'x') {
      bytes += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
      i += 2;
      continue;
    }
    constexpr std::string_view kEscapes = "rnt0\\";
    constexpr std::string_view kBytes("\r\n\t\0\\", 5);
    const std::size_t at = kEscapes.find(escape);
    bytes += at == std::string_view::npos ? escape : kBytes[at];
  }
  return bytes;
}

Bounds ReadBounds(const YamlContext& context, const YamlEntry& entry) {
  Bounds bounds;
  MapReader reader(context, entry.value, "bounds", entry.key_span);
  const auto read = [&reader](std::string_view key, std::size_t& bound) {
    if (const auto value = reader.Integer(key, 0, 1 << 30))
      bound = static_cast<std::size_t>(*value);
  };
  read("header_bytes", bounds.header_bytes);
  read("header_count", bounds.header_count);
  read("body_bytes", bounds.body_bytes);
  read("json_depth", bounds.json_depth);
  read("interim_count", bounds.interim_count);
  reader.Finish();
  return bounds;
}

AnswerRow ReadRow(const YamlContext& context, const YamlNode& node) {
  AnswerRow row;
  MapReader reader(context, node, "a row", node.span);
  row.name = reader.RequireText("name").value_or("");
  row.bytes = Unescape(reader.Text("bytes").value_or(""));
  row.method = reader.Text("method").value_or("GET");
  row.open = reader.Bool("open").value_or(false);
  if (const YamlEntry* bounds = reader.Find("bounds")) row.bounds = ReadBounds(context, *bounds);
  row.state = reader.RequireText("state").value_or("");
  row.status = static_cast<int>(reader.Integer("status", 0, 999).value_or(0));
  row.body = Unescape(reader.Text("body").value_or(""));
  if (const auto decoded = reader.Text("decoded")) row.decoded = Unescape(*decoded);
  row.observations = reader.Texts("observations");
  row.h11 = reader.Text("h11").value_or("");
  row.curl = reader.Text("curl").value_or("");
  row.reason = reader.Text("reason").value_or("");
  reader.Finish();
  return row;
}

}  // namespace

Expected<std::vector<AnswerRow>> LoadAnswerTable(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".yaml") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<AnswerRow> rows;
  for (const auto& path : paths) {
    const auto source = SourceText::Load(path);
    if (!source) return tl::unexpected(source.error());
    Diagnostics diagnostics;
    const YamlContext context{**source, diagnostics};
    if (const auto list = ParseYaml(**source, diagnostics)) {
      for (const YamlNode& node : list->items) rows.push_back(ReadRow(context, node));
    }
    if (diagnostics.HasErrors()) return Fail(diagnostics.RenderAll());
  }
  return rows;
}

std::string_view NameOf(ResponseReader::State state) {
  constexpr std::array<std::string_view, 4> kNames = {"header", "body", "complete", "broken"};
  return kNames[static_cast<std::size_t>(state)];
}

}  // namespace conform
