#include "case/case_loader.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/nearest_name.h"
#include "case/case_context.h"
#include "case/expectation_loader.h"
#include "case/request_spec_loader.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

void LoadColumns(const YamlEntry& row, const YamlContext& context, Case& loaded) {
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

void LoadRow(const YamlEntry& entry, const YamlContext& context, Case& loaded) {
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
    row.values.push_back(value == nullptr ? nlohmann::json() : ToJson(*value));
  }
  loaded.rows.push_back(std::move(row));
}

void LoadRows(const YamlEntry& entry, const YamlContext& context, Case& loaded) {
  if (entry.value.kind != YamlNode::Kind::kMapping) {
    context.Complain(
        BlameSpan(entry),
        fmt::format("'rows' must be a mapping of named rows, not {}", DescribeKind(entry.value)),
        "write rows: {first: {column: value}, second: {column: value}}");
    return;
  }
  for (const YamlEntry& row : entry.value.entries) LoadRow(row, context, loaded);
}

void LoadClauses(const YamlEntry& entry, const YamlContext& context, Case& loaded) {
  loaded.clauses_span = entry.key_span;
  if (entry.value.kind != YamlNode::Kind::kSequence) {
    context.Complain(BlameSpan(entry),
                     fmt::format("'clauses' must be a list, not {}", DescribeKind(entry.value)),
                     "write clauses: [] for a case that only observes");
    return;
  }
  std::set<std::string> seen;
  for (const YamlNode& item : entry.value.items) {
    if (item.kind != YamlNode::Kind::kScalar) {
      context.Complain(item.span,
                       fmt::format("a clause id must be text, not {}", DescribeKind(item)));
    } else if (!seen.insert(item.scalar).second) {
      context.Complain(item.span, fmt::format("clause '{}' is listed twice", item.scalar));
    } else {
      loaded.clauses.push_back({item.scalar, item.span});
    }
  }
}

void LoadIdentity(const YamlEntry& entry, const YamlContext& context, Case& loaded) {
  loaded.identity_span = BlameSpan(entry);
  std::string name = entry.value.scalar;
  if (entry.value.kind == YamlNode::Kind::kMapping && entry.value.entries.size() == 1) {
    const YamlEntry& account = entry.value.entries.front();
    name = account.key;
    const bool one = account.value.kind == YamlNode::Kind::kSequence &&
                     account.value.items.size() == 1 &&
                     account.value.items.front().kind == YamlNode::Kind::kScalar;
    if (!one) {
      context.Complain(
          BlameSpan(account),
          fmt::format("'{}' must list the one permission its token holds", account.key));
      return;
    }
    loaded.identity.permission = account.value.items.front().scalar;
    loaded.identity_span = account.key_span;
  }
  const std::optional<IdentityKind> kind = FindIdentityKind(name);
  if (!kind || (!loaded.identity.permission.empty() && !IsAccount(*kind))) {
    std::vector<std::string_view> known;
    for (const IdentityKind each : kIdentityKinds) known.push_back(NameOf(each));
    const std::string near = kind ? "" : DidYouMean(name, known);
    context.Complain(
        loaded.identity_span,
        fmt::format("'{}' is no identity{}", name, kind ? " that holds a permission" : ""),
        near.empty() ? fmt::format("use {}", JoinOr(known)) : near);
    return;
  }
  loaded.identity.kind = *kind;
}

void LoadStep(const YamlNode& node, const YamlContext& yaml, Case& loaded) {
  const CaseContext context{yaml, loaded.columns};
  MapReader reader(context, node, "a step", node.span);
  if (!reader.valid()) return;
  Step step;
  step.span = node.span;
  step.name = fmt::format("step_{}", loaded.steps.size() + 1);
  step.wait = reader.Duration("wait");
  const bool waits = reader.Find("wait") != nullptr;
  if (const auto name = waits ? reader.Text("name") : reader.RequireText("name")) {
    step.name = *name;
    if (!IsTestName(*name)) {
      context.Complain(reader.Find("name")->value.span,
                       fmt::format("'{}' cannot name a step", *name),
                       "use lower-case letters, digits and underscores");
    }
  }
  if (!waits) {
    step.operation = reader.Text("operation").value_or(loaded.operation);
    if (const YamlEntry* request = reader.Require("request")) {
      step.span = request->key_span;
      step.request = LoadRequestSpec(*request, context);
    }
    if (const YamlEntry* response = reader.Require("response"))
      LoadResponse(*response, context, step);
  }
  reader.Finish();
  for (const Step& other : loaded.steps) {
    if (other.name == step.name) {
      context.Complain(step.span, fmt::format("two steps are named '{}'", step.name));
    }
  }
  loaded.steps.push_back(std::move(step));
}

/// The single-request form is one step; `steps:` is the other.
void LoadSteps(MapReader& reader, const YamlContext& yaml, Case& loaded, const Span& blame) {
  const CaseContext context{yaml, loaded.columns};
  if (const YamlEntry* steps = reader.Find("steps")) {
    if (steps->value.kind != YamlNode::Kind::kSequence || steps->value.items.empty()) {
      context.Complain(BlameSpan(*steps), "'steps' must be a list with at least one step");
    }
    for (const YamlNode& node : steps->value.items) LoadStep(node, yaml, loaded);
    for (const std::string_view key : {"request", "response"}) {
      if (const YamlEntry* entry = reader.Find(key)) {
        context.Complain(entry->key_span, fmt::format("'{}' stands beside 'steps'", key),
                         "put it into a step of its own");
      }
    }
    return;
  }
  Step step;
  step.name = "request";
  step.operation = loaded.operation;
  step.span = blame;
  if (const YamlEntry* request = reader.Require("request")) {
    step.span = request->key_span;
    step.request = LoadRequestSpec(*request, context);
  }
  if (const YamlEntry* response = reader.Require("response"))
    LoadResponse(*response, context, step);
  loaded.steps.push_back(std::move(step));
}

std::string IdOf(const fs::path& file) {
  fs::path id;
  for (const fs::path& part : file) {
    id = part == "cases" ? fs::path() : id / part;
  }
  if (id.empty()) id = file;
  return id.replace_extension().generic_string();
}

void FindFiles(const fs::path& path, std::vector<fs::path>& files, Diagnostics& diagnostics) {
  std::error_code failed;
  if (!fs::is_directory(path, failed)) {
    files.push_back(path);
    return;
  }
  fs::recursive_directory_iterator each(path, fs::directory_options::none, failed);
  for (; !failed && each != fs::recursive_directory_iterator(); each.increment(failed)) {
    const fs::path& file = each->path();
    if (file.extension() == ".yaml" && file.filename() != "deviations.yaml") files.push_back(file);
  }
  if (failed)
    diagnostics.AddFile(path.string(), fmt::format("cannot be read: {}", failed.message()));
}

}  // namespace

std::optional<Case> LoadCase(std::shared_ptr<const SourceText> source, std::string id,
                             Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.errors();
  const std::optional<YamlNode> root = ParseYaml(*source, diagnostics);
  if (!root) return std::nullopt;
  Case loaded;
  loaded.source = source;
  loaded.id = std::move(id);
  loaded.name = loaded.id.substr(loaded.id.rfind('/') + 1);
  const Span top{1, 1, 1};
  const YamlContext context{*source, diagnostics};
  if (!IsTestName(loaded.name)) {
    diagnostics.AddFile(source->path(), fmt::format("'{}' cannot name a case", loaded.name),
                        "rename the file: use lower-case letters, digits and underscores");
  }
  MapReader reader(context, *root, "a case", root->span.line > 0 ? root->span : top);
  if (!reader.valid()) return std::nullopt;
  loaded.title = reader.RequireText("title").value_or("");
  if (const YamlEntry* operation = reader.Require("operation")) {
    loaded.operation = reader.Text("operation").value_or("");
    loaded.operation_span = operation->value.span;
  }
  if (const YamlEntry* clauses = reader.Require("clauses")) LoadClauses(*clauses, context, loaded);
  if (const YamlEntry* identity = reader.Require("identity"))
    LoadIdentity(*identity, context, loaded);
  loaded.editions = reader.Texts("editions");
  if (const YamlEntry* editions = reader.Find("editions"))
    loaded.editions_span = BlameSpan(*editions);
  if (const YamlEntry* rows = reader.Find("rows")) LoadRows(*rows, context, loaded);
  LoadSteps(reader, context, loaded, top);
  reader.Finish();
  if (diagnostics.errors() != before) return std::nullopt;
  return loaded;
}

std::vector<Case> LoadCases(const std::vector<fs::path>& paths, Diagnostics& diagnostics) {
  std::vector<fs::path> files;
  for (const fs::path& path : paths) FindFiles(path, files, diagnostics);
  std::sort(files.begin(), files.end());
  files.erase(std::unique(files.begin(), files.end()), files.end());
  std::vector<Case> cases;
  for (const fs::path& file : files) {
    auto source = SourceText::Load(file);
    if (!source) {
      diagnostics.AddFile(file.string(), source.error().message);
      continue;
    }
    if (auto loaded = LoadCase(*source, IdOf(file), diagnostics))
      cases.push_back(std::move(*loaded));
  }
  return cases;
}

}  // namespace conform
