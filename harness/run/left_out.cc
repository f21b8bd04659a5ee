#include "run/left_out.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_set>

#include "base/date.h"
#include "base/utf8.h"
#include "run/test_filter.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostOfAFilter = 500;

/// Case files below `cases` whose ids no loaded case has, as they are shown.
std::vector<std::string> ListOtherFiles(const Workspace& workspace, const fs::path& cases) {
  std::set<fs::path> loaded;
  std::error_code ignored;
  for (const Case& each : workspace.cases) {
    loaded.insert(fs::weakly_canonical(each.source->path(), ignored));
  }
  std::vector<std::string> others;
  for (fs::recursive_directory_iterator each(cases, ignored);
       !ignored && each != fs::recursive_directory_iterator(); each.increment(ignored)) {
    const fs::path& path = each->path();
    if (path.extension() != ".yaml" || path.filename() == "deviations.yaml") continue;
    if (loaded.count(fs::weakly_canonical(path, ignored)) == 0) others.push_back(path.string());
  }
  std::sort(others.begin(), others.end());
  return others;
}

void AddEditions(const Workspace& workspace, std::vector<LeftOutRecord>& left_out) {
  const std::optional<std::chrono::sys_days> as_of = workspace.profile.as_of;
  if (IsEmbedded(workspace.profile) && !as_of) return;
  const std::vector<const Contract*> serving = workspace.catalog.Serving(as_of);
  std::set<std::string_view> tried;
  for (const Case& each : workspace.cases) tried.insert(each.operation);
  for (const std::string_view operation : tried) {
    for (const Contract* edition : workspace.catalog.Editions(operation)) {
      if (std::find(serving.begin(), serving.end(), edition) != serving.end()) continue;
      left_out.push_back({fmt::format("{}@{}", operation, edition->edition),
                          fmt::format("{}: --as-of {} judges by it", kEditionNotInForce,
                                      FormatDate(edition->page.date))});
    }
  }
}

}  // namespace

std::vector<LeftOutRecord> ListLeftOut(const Workspace& workspace, const fs::path& cases,
                                       const std::string& filter) {
  std::vector<LeftOutRecord> left_out;
  if (workspace.chosen_by_path) {
    for (std::string& path : ListOtherFiles(workspace, cases)) {
      left_out.push_back({std::move(path), std::string(kLeftOutByPath)});
    }
  }
  std::unordered_set<const Case*> tested;
  for (const Test& test : workspace.tests) tested.insert(test.test_case);
  for (const Case& each : workspace.cases) {
    if (tested.count(&each) > 0) continue;
    left_out.push_back({each.source->path(), "no edition in force"});
  }
  AddEditions(workspace, left_out);
  if (filter == "*") return left_out;
  // Stands beside every test that it left out: in full, a long one would be most of the record.
  const std::string by = ShowLine(fmt::format("--gtest_filter={}", filter), kMostOfAFilter);
  for (const Test& test : workspace.tests) {
    std::string id = test.Id();
    if (!MatchesFilter(filter, id)) left_out.push_back({std::move(id), by});
  }
  return left_out;
}

}  // namespace conform
