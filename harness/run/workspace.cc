#include "run/workspace.h"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <unordered_map>

#include "base/folder.h"
#include "base/heap.h"
#include "base/nearest_name.h"
#include "base/start_threads.h"
#include "case/case_loader.h"
#include "run/profile_lookup.h"
#include "run/run_host.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

void ReadBaseUrl(const std::string& text, Profile& profile, Diagnostics& diagnostics) {
  if (text.empty()) return;
  const std::string flag = fmt::format("--base-url {}", text);
  const Expected<Origin> origin = ParseOrigin(text);
  if (!origin) {
    diagnostics.AddFile(flag, origin.error().message, "write scheme, host and port alone");
    return;
  }
  if (origin->scheme == "http" && !IsLoopback(*origin)) {
    diagnostics.AddFile(flag, "plain http only reaches loopback", "use https");
    return;
  }
  profile.target = *origin;
  // Elsewhere nobody moves a clock for us, nor is a token of the test key to be sent there.
  profile.mock = profile.mock && IsLoopback(*origin);
}

Deviations FindDeviations(const fs::path& cases, Diagnostics& diagnostics) {
  const fs::path file = cases / "deviations.yaml";
  std::error_code ignored;
  if (!fs::exists(file, ignored)) return {};
  if (!LiesBelow(cases, file)) {
    diagnostics.AddFile(file.string(), "is a link that leads out of the folder",
                        "put the file itself there");
    return {};
  }
  const auto source = SourceText::Load(file);
  if (source) return LoadDeviations(*source, diagnostics);
  diagnostics.AddFile(file.string(), source.error().message);
  return {};
}

/// Ids of the clauses of all contracts and protocols.
std::vector<std::string_view> ListClauses(const Catalog& catalog) {
  std::vector<std::string_view> ids;
  for (const Contract& each : catalog.contracts) {
    for (const Clause& clause : each.clauses) ids.emplace_back(clause.id);
  }
  for (const ProtocolSet& each : catalog.protocols) {
    for (const ProtocolClause& clause : each.clauses) ids.emplace_back(clause.clause.id);
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

/// A clause that is named but is none of `known`, which is sorted.
void CheckClause(const std::vector<std::string_view>& known, const std::string& id,
                 const SourceText& source, const Span& span, Diagnostics& diagnostics) {
  if (std::binary_search(known.begin(), known.end(), id)) return;
  diagnostics.Add(source, span, fmt::format("no clause '{}'", id), DidYouMean(id, known));
}

/// A profile that requires none that there is would make every run inconclusive.
void CheckRequired(const Profile& profile, const std::vector<std::string_view>& clauses,
                   Diagnostics& diagnostics) {
  for (const PlacedText& each : profile.requires_clauses) {
    CheckClause(clauses, each.text, *profile.source, each.span, diagnostics);
  }
}

/// What was meant by a case that there is not: an id misspelt, a file, or a test as it is printed.
std::string AdviseCase(std::string_view named,
                       const std::unordered_map<std::string_view, const Case*>& cases) {
  constexpr std::string_view kFolder = "cases/";
  constexpr std::string_view kEnd = ".yaml";
  std::string_view id = named;
  if (id.starts_with(kFolder)) id.remove_prefix(kFolder.size());
  if (id.ends_with(kEnd)) id.remove_suffix(kEnd.size());
  std::vector<std::string_view> known;
  for (const auto& [each, unused] : cases) known.push_back(each);
  std::sort(known.begin(), known.end());
  std::string near =
      cases.contains(id) ? fmt::format("did you mean '{}'?", id) : DidYouMean(id, known);
  if (!near.empty() && id == named) return near;
  if (!near.empty()) near += " ";
  return near + "an id is the path of the case below cases/, without .yaml";
}

/// A case that a deviation names must exist, and so must its row.
void CheckDeviationCase(const Deviation& deviation, const SourceText& source,
                        const std::unordered_map<std::string_view, const Case*>& cases,
                        Diagnostics& diagnostics) {
  const std::string& named = deviation.case_id;
  if (named == "*" || cases.contains(named)) return;
  const std::size_t slash = named.rfind('/');
  const auto found = slash == std::string::npos
                         ? cases.end()
                         : cases.find(std::string_view(named).substr(0, slash));
  if (found == cases.end()) {
    diagnostics.Add(source, deviation.case_span, fmt::format("no case '{}'", named),
                    AdviseCase(named, cases));
    return;
  }
  std::vector<std::string_view> rows;
  for (const Row& row : found->second->rows) rows.emplace_back(row.name);
  const std::string row = named.substr(slash + 1);
  if (std::find(rows.begin(), rows.end(), row) != rows.end()) return;
  diagnostics.Add(source, deviation.case_span,
                  fmt::format("case '{}' has no row '{}'", found->first, row),
                  DidYouMean(row, rows));
}

/// Clauses and cases that a deviation names must exist, or it accepts nothing for ever.
void CheckDeviations(const Workspace& workspace, const std::vector<std::string_view>& clauses,
                     bool all_cases, Diagnostics& diagnostics) {
  std::unordered_map<std::string_view, const Case*> cases;
  for (const Case& each : workspace.cases) cases.emplace(each.id, &each);
  for (const Deviation& deviation : workspace.deviations.items) {
    const SourceText& source = *workspace.deviations.source;
    CheckClause(clauses, deviation.clause, source, deviation.span, diagnostics);
    if (all_cases) CheckDeviationCase(deviation, source, cases, diagnostics);
  }
}

/// Tells a path that holds contracts, each of which would be told as a broken case, and says
/// whether it does.
bool RefuseContracts(const fs::path& path, const fs::path& specs, Diagnostics& diagnostics) {
  const bool below = LiesBelow(specs, path);
  if (!below && !LiesBelow(path, specs)) return false;
  diagnostics.AddFile(path.string(),
                      below
                          ? "holds contracts, which are read in any case"
                          : fmt::format("{} lies below it, which holds contracts", specs.string()),
                      "name case files, or folders of them");
  return true;
}

/// None where there is no such folder yet: contracts may come before their first case.
std::vector<fs::path> OwnCases(const DataFolders& folders) {
  std::error_code ignored;
  if (!fs::is_directory(folders.cases, ignored)) return {};
  return {folders.cases};
}

/// Where `path` lies below `folder`: empty where it does not, `.` for the folder itself.
fs::path PlaceBelow(const fs::path& folder, const fs::path& path) {
  // With a separator at the end of both, a folder is one however it was written.
  const fs::path below =
      (path / "").lexically_normal().lexically_relative((folder / "").lexically_normal());
  if (below.empty() || *below.begin() == "..") return {};
  return below.has_filename() ? below : below.parent_path();
}

/// `path` as the files below `cases` are told where nobody chose any, else without `.` and `x/..`:
/// of one file all runs record one spelling. Behind a link `..` leads elsewhere than it looks: only
/// a spelling of the same file will do.
fs::path SpellLike(const fs::path& cases, const fs::path& path) {
  std::error_code ignored;
  std::vector<fs::path> spellings;
  for (const fs::path& below :
       {PlaceBelow(fs::absolute(cases, ignored), fs::absolute(path, ignored)),
        PlaceBelow(fs::weakly_canonical(cases, ignored), fs::weakly_canonical(path, ignored))}) {
    if (!below.empty()) spellings.push_back(below == "." ? cases : cases / below);
  }
  spellings.push_back(path.lexically_normal());
  for (const fs::path& each : spellings) {
    if (fs::equivalent(path, each, ignored)) return each;
  }
  return path;
}

std::vector<fs::path> CasesAmong(std::vector<fs::path> paths, const DataFolders& folders,
                                 Diagnostics& diagnostics) {
  std::erase_if(paths, [&](const fs::path& path) {
    return RefuseContracts(path, folders.specs, diagnostics);
  });
  for (fs::path& path : paths) path = SpellLike(folders.cases, path);
  return paths;
}

/// A folder that was named and holds no case is a mistyped one.
void RequireCases(const std::vector<fs::path>& paths, const std::vector<Case>& cases,
                  Diagnostics& diagnostics) {
  std::error_code ignored;
  for (const fs::path& path : paths) {
    if (!fs::is_directory(path, ignored)) continue;
    const bool holds_one = std::any_of(cases.begin(), cases.end(), [&path](const Case& each) {
      return LiesBelow(path, each.source->path());
    });
    if (holds_one) continue;
    diagnostics.AddFile(path.string(), "no case file (.yaml) lies below it",
                        "give the folder of the cases, or write the first one");
  }
}

/// How the profile gets a variable. One that is built in is not changed.
std::string AdviseVariable(const Profile& profile, const fs::path& built_in,
                           const std::string& name) {
  const std::string variables = fmt::format("variables: {{{}: …}}", name);
  std::error_code ignored;
  const bool own = NamesProfileFile(profile.asked_for) ||
                   !fs::exists(built_in / (profile.asked_for + ".yaml"), ignored);
  if (own) return "add it there: " + variables;
  return fmt::format(
      "it is built in: write one of your own, {{name: my_{}, title: …, {}, {}}}, and "
      "say --profile FILE",
      IsEmbedded(profile) ? "mock" : "service",
      IsEmbedded(profile) ? "target: mock" : "target: …, identities: …", variables);
}

/// A variable that a case asks for and the profile does not give.
void CheckVariables(const Workspace& workspace, const fs::path& built_in,
                    Diagnostics& diagnostics) {
  const Profile& profile = workspace.profile;
  for (const Case& each : workspace.cases) {
    for (const ListedVariable& variable : each.variables) {
      if (profile.variables.count(variable.name) > 0) continue;
      diagnostics.Add(*each.source, variable.span,
                      fmt::format("profile '{}' has no variable '{}'", profile.name, variable.name),
                      AdviseVariable(profile, built_in, variable.name));
    }
  }
}

struct LoadedCatalog {
  Catalog catalog;
  Diagnostics told;
};

}  // namespace

std::string NameEditions(const Workspace& workspace) {
  const auto day = workspace.profile.as_of;
  if (!day) return "";
  const std::vector<const Contract*> serving = workspace.catalog.Serving(day);
  const bool usual =
      !IsEmbedded(workspace.profile) && serving == workspace.catalog.Serving(std::nullopt);
  if (usual || serving.empty()) return "";
  const auto newest = std::max_element(
      serving.begin(), serving.end(),
      [](const Contract* a, const Contract* b) { return a->page.date < b->page.date; });
  return (*newest)->edition;
}

std::unique_ptr<Workspace> LoadWorkspace(const WorkspaceOptions& options,
                                         const DataFolders& folders, Diagnostics& diagnostics) {
  auto workspace = std::make_unique<Workspace>();
  std::optional<Profile> profile =
      FindProfile(options.profile, folders.profiles, ProcessEnvironment(), diagnostics);
  if (!profile) return nullptr;
  workspace->profile = std::move(*profile);
  ReadBaseUrl(options.base_url, workspace->profile, diagnostics);
  if (options.as_of) workspace->profile.as_of = options.as_of;
  // Cases load without it.
  std::future<LoadedCatalog> catalog = BeginAside([&folders] {
    PrepareThreadHeap();
    LoadedCatalog loaded;
    loaded.catalog = LoadCatalog(folders.specs, loaded.told);
    return loaded;
  });
  bool readable = !diagnostics.HasErrors();
  const bool all = options.paths.empty();
  workspace->chosen_by_path = !all;
  workspace->cases = LoadCases(
      all ? OwnCases(folders) : CasesAmong(options.paths, folders, diagnostics), diagnostics);
  workspace->deviations = FindDeviations(folders.cases, diagnostics);
  auto [loaded, told] = catalog.get();
  workspace->catalog = std::move(loaded);
  readable = readable && !told.HasErrors();
  diagnostics.Append(std::move(told));
  // A mistake in a contract would be told again by every case that rests on it.
  if (!readable) return workspace;
  const bool whole = all && !diagnostics.HasErrors();
  if (!diagnostics.HasErrors()) RequireCases(options.paths, workspace->cases, diagnostics);
  const EditionChoice choice{IsEmbedded(workspace->profile) && !workspace->profile.as_of,
                             workspace->profile.as_of};
  workspace->tests = PlanTests(workspace->cases, workspace->catalog, choice, diagnostics);
  for (Case& each : workspace->cases) std::vector<ListedClause>().swap(each.clauses);
  const std::vector<std::string_view> clauses = ListClauses(workspace->catalog);
  CheckDeviations(*workspace, clauses, whole, diagnostics);
  CheckRequired(workspace->profile, clauses, diagnostics);
  CheckVariables(*workspace, folders.profiles, diagnostics);
  return workspace;
}

}  // namespace conform
