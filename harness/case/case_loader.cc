#include "case/case_loader.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <set>
#include <thread>

#include "base/heap.h"
#include "base/nearest_name.h"
#include "base/permission.h"
#include "base/start_threads.h"
#include "base/utf8.h"
#include "case/broken_facts.h"
#include "case/case_context.h"
#include "case/case_files.h"
#include "case/row_loader.h"
#include "case/step_flow_loader.h"
#include "case/step_loader.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kCasesFolder = "/cases/";

void LoadClauses(const YamlEntry& entry, const YamlContext& context, Case& loaded) {
  loaded.clauses_span = entry.key_span;
  if (entry.value.kind != YamlNode::Kind::kSequence) {
    context.Complain(BlameSpan(entry),
                     fmt::format("'clauses' must be a list, not {}", DescribeKind(entry.value)),
                     entry.value.kind == YamlNode::Kind::kScalar && !entry.value.scalar.empty()
                         ? fmt::format("write clauses: [{}]", ShowLine(entry.value.scalar, 60))
                         : "write clauses: [] for a case that only observes");
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
    const auto is_name = [](const YamlNode& item) {
      return item.kind == YamlNode::Kind::kScalar && !item.scalar.empty() &&
             item.scalar.find(' ') == std::string::npos;
    };
    const std::vector<YamlNode>& items = account.value.items;
    if (account.value.kind != YamlNode::Kind::kSequence || items.empty() ||
        !std::all_of(items.begin(), items.end(), is_name)) {
      context.Complain(BlameSpan(account),
                       fmt::format("'{}' must list the permissions its token holds", account.key));
      return;
    }
    std::vector<std::string> names;
    names.reserve(items.size());
    for (const YamlNode& item : items) names.push_back(item.scalar);
    loaded.identity.permission = JoinPermissions(names);
    loaded.identity_span = account.key_span;
  } else if (entry.value.kind != YamlNode::Kind::kScalar) {
    context.Complain(loaded.identity_span,
                     "'identity' must be a name, or one account with its permissions",
                     "write identity: none, or identity: {delegated_work: [Things.Read]}");
    return;
  }
  const std::optional<IdentityKind> kind = FindIdentityKind(name);
  if (!kind || (!loaded.identity.permission.empty() && !IsAccount(*kind))) {
    std::vector<std::string_view> known;
    known.reserve(kIdentityKinds.size());
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

void LoadVariables(MapReader& reader, const CaseContext& context, Case& loaded) {
  const YamlEntry* entry = reader.Find("vars");
  if (entry == nullptr) return;
  if (entry->value.kind != YamlNode::Kind::kSequence) {
    context.Complain(
        BlameSpan(*entry),
        fmt::format("'vars' must be a list of names, not {}", DescribeKind(entry->value)),
        "write vars: [name]");
    return;
  }
  for (const YamlNode& item : entry->value.items) {
    if (item.kind != YamlNode::Kind::kScalar) {
      context.Complain(item.span,
                       fmt::format("a variable's name must be text, not {}", DescribeKind(item)));
    } else if (!context.names.variables.emplace(item.scalar, ListedVariable{item.scalar, item.span})
                    .second) {
      context.Complain(item.span, fmt::format("variable '{}' is listed twice", item.scalar));
    } else {
      loaded.variables.push_back({item.scalar, item.span});
    }
  }
}

void LoadGroup(MapReader& reader, const CaseContext& context, Case& loaded) {
  const std::optional<std::string> group = reader.Text("group");
  if (!group) return;
  loaded.group = *group;
  if (IsTestName(*group)) return;
  context.Complain(BlameSpan(*reader.Find("group")),
                   fmt::format("'{}' cannot name a group", *group),
                   "use lower-case letters, digits and underscores");
}

/// Its path below the last folder `cases`, without the extension. As text: taking ten thousand
/// paths apart would take as long as reading the files.
std::string IdOf(const fs::path& file) {
  std::string id = file.generic_string();
  id.erase(std::unique(id.begin(), id.end(), [](char a, char b) { return a == '/' && b == '/'; }),
           id.end());
  const std::size_t folder = ("/" + id).rfind(kCasesFolder);
  if (folder != std::string::npos) id.erase(0, folder + kCasesFolder.size() - 1);
  const std::size_t slash = id.rfind('/');
  const std::size_t name = slash == std::string::npos ? 0 : slash + 1;
  const std::size_t dot = id.rfind('.');
  if (dot != std::string::npos && dot > name) id.erase(dot);
  return id;
}

/// Files that one thread reads in a row; what they give is joined in the order of the files.
constexpr std::size_t kFilesInBatch = 32;

/// A file that could not be loaded leaves its case without a source.
void LoadBatch(const std::vector<fs::path>& files, std::size_t begin, std::vector<Case>& cases,
               std::vector<Diagnostics>& told) {
  const std::size_t end = std::min(files.size(), begin + kFilesInBatch);
  for (std::size_t i = begin; i < end; ++i) {
    auto source = SourceText::Load(files[i]);
    if (!source) {
      told[i].AddFile(files[i].string(), source.error().message);
      continue;
    }
    if (auto loaded = LoadCase(*source, IdOf(files[i]), told[i])) cases[i] = *std::move(loaded);
    (*source)->Release();
  }
}

/// Of each row, what it makes of the paths that it brings a part of.
void CheckPaths(const Case& loaded, const CaseContext& context) {
  for (const Step& step : loaded.steps) {
    for (const Row& row : loaded.rows) {
      const auto path = PreviewPath(step.request.path, loaded, &row);
      if (path) continue;
      context.Complain(step.request.path.span,
                       fmt::format("row {}: {}", row.name, path.error().message),
                       "a row that shall send such a path holds it whole: path: ${row.NAME}");
    }
  }
}

}  // namespace

std::optional<Case> LoadCase(const std::shared_ptr<const SourceText>& source, std::string id,
                             Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.errors();
  const std::optional<YamlNode> root = ParseYaml(*source, diagnostics);
  if (!root) return std::nullopt;
  Case loaded;
  loaded.source = source;
  loaded.id = std::move(id);
  loaded.name = loaded.id.substr(loaded.id.rfind('/') + 1);
  CaseNames names;
  const CaseContext context{{*source, diagnostics}, names};
  if (!IsTestName(loaded.name)) {
    diagnostics.AddFile(source->path(), fmt::format("'{}' cannot name a case", loaded.name),
                        "rename the file: use lower-case letters, digits and underscores");
  }
  MapReader reader(context, *root, "a case", root->span);
  loaded.title = reader.RequireText("title").value_or("");
  if (const YamlEntry* operation = reader.Require("operation")) {
    loaded.operation = reader.Text("operation").value_or("");
    loaded.operation_span = operation->value.span;
  }
  if (const YamlEntry* clauses = reader.Require("clauses")) LoadClauses(*clauses, context, loaded);
  if (const YamlEntry* identity = reader.Require("identity"))
    LoadIdentity(*identity, context, loaded);
  loaded.editions = reader.Texts("editions");
  if (const YamlEntry* editions = reader.Find("editions")) {
    loaded.editions_span = BlameSpan(*editions);
    if (editions->value.kind == YamlNode::Kind::kSequence && loaded.editions.empty()) {
      context.Complain(loaded.editions_span, "'editions' names none",
                       "name those it is for, or leave the key out for all");
    }
  }
  loaded.limit = reader.Duration("limit");
  LoadGroup(reader, context, loaded);
  LoadVariables(reader, context, loaded);
  if (const YamlEntry* rows = reader.Find("rows")) LoadRows(*rows, context, loaded);
  LoadSteps(reader, context, loaded, root->span);
  loaded.beside = std::move(names.beside);
  reader.Finish();
  if (diagnostics.errors() == before) CheckPaths(loaded, context);
  if (diagnostics.errors() != before) return std::nullopt;
  WarnOfFlow(loaded, context);
  return loaded;
}

std::vector<Case> LoadCases(const std::vector<fs::path>& paths, Diagnostics& diagnostics) {
  const YamlFiles found = FindCaseFiles(paths, diagnostics);
  const std::vector<fs::path>& files = found.files;
  std::vector<Case> cases(files.size());
  std::vector<Diagnostics> told(files.size());
  const std::size_t batches = (files.size() + kFilesInBatch - 1) / kFilesInBatch;
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < batches; i = next++) {
      LoadBatch(files, i * kFilesInBatch, cases, told);
    }
  };
  // As many as run tests on a mock: each of those goes on with the heap of one of these, and finds
  // room for its records where cases were whose tests are done.
  const std::size_t busy = std::clamp(batches, std::size_t{1}, 2 * CountCores());
  std::vector<std::thread> others = StartThreads(busy - 1, [&work] {
    PrepareThreadHeap();
    work();
  });
  work();
  for (std::thread& other : others) other.join();
  TellRefusedFiles(found, cases, std::move(told), diagnostics);
  cases.erase(std::remove_if(cases.begin(), cases.end(),
                             [](const Case& each) { return each.source == nullptr; }),
              cases.end());
  return cases;
}

}  // namespace conform
