#include "case/case_files.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <system_error>

namespace conform {
namespace {

namespace fs = std::filesystem;

void FindFiles(const fs::path& path, YamlFiles& found, Diagnostics& diagnostics) {
  std::error_code failed;
  if (!fs::exists(path, failed)) {
    diagnostics.AddFile(path.string(), "no such file or folder",
                        "name case files, or folders of them");
    return;
  }
  if (!fs::is_directory(path, failed)) {
    if (path.extension() != ".yaml") return TellMisnamedFile(path, "cases", diagnostics);
    found.files.push_back(path);
    return;
  }
  YamlFiles below = FindYamlFiles(path, diagnostics);
  for (fs::path& file : below.files) {
    if (!file.native().ends_with("/deviations.yaml")) found.files.push_back(std::move(file));
  }
  std::move(below.misnamed.begin(), below.misnamed.end(), std::back_inserter(found.misnamed));
}

/// What cases name, such as a schema or a request's content, is no case, nor one that is misnamed.
std::set<fs::path> NamedFiles(const std::vector<Case>& cases) {
  std::set<fs::path> named;
  std::error_code ignored;
  for (const Case& each : cases) {
    for (const auto& file : each.beside) {
      named.insert(fs::weakly_canonical(file->path(), ignored));
    }
  }
  return named;
}

}  // namespace

YamlFiles FindCaseFiles(const std::vector<fs::path>& paths, Diagnostics& diagnostics) {
  YamlFiles found;
  for (const fs::path& path : paths) FindFiles(path, found, diagnostics);
  std::vector<fs::path>& files = found.files;
  if (paths.size() > 1) {                   // those of one folder are in order, each once
    std::sort(files.begin(), files.end());  // a//b is a/b
    files.erase(std::unique(files.begin(), files.end()), files.end());
  }
  return found;
}

void TellRefusedFiles(const YamlFiles& found, const std::vector<Case>& cases,
                      std::vector<Diagnostics> told, Diagnostics& diagnostics) {
  const auto is_refused = [](const Case& each) { return each.source == nullptr; };
  const bool refused = std::any_of(cases.begin(), cases.end(), is_refused);
  const std::set<fs::path> named =
      refused || !found.misnamed.empty() ? NamedFiles(cases) : std::set<fs::path>();
  std::error_code ignored;
  const auto is_named = [&](const fs::path& file) {
    return !named.empty() && named.count(fs::weakly_canonical(file, ignored)) > 0;
  };
  for (std::size_t i = 0; i < told.size(); ++i) {
    if (is_refused(cases[i]) && is_named(found.files[i])) continue;
    diagnostics.Append(std::move(told[i]));
  }
  for (const fs::path& file : found.misnamed) {
    if (!is_named(file)) TellMisnamedFile(file, "cases", diagnostics);
  }
}

}  // namespace conform
