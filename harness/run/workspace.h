// What a command works on: profile, contracts, cases, deviations, and the tests they make.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "case/case.h"
#include "case/deviation.h"
#include "case/test.h"
#include "contract/catalog.h"
#include "profile/profile.h"
#include "run/data_folders.h"

namespace conform {

struct WorkspaceOptions {
  std::vector<std::filesystem::path> paths;  ///< of cases; empty: all of the cases folder.
  std::string profile = "mock";              ///< a built-in's name, or a path.
  std::string base_url;                      ///< in place of the profile's target; empty: that.
  std::optional<std::chrono::sys_days> as_of;
};

/// Its parts point into each other: it stays where it was made.
struct Workspace {
  Profile profile;
  Catalog catalog;
  std::vector<Case> cases;  ///< without the clauses they list, which are in the tests' plans.
  Deviations deviations;
  std::vector<Test> tests;
  bool chosen_by_path = false;  ///< `cases` are those of paths that were given, not all.

  Workspace() = default;
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;
};

/// The newest edition by which a day, where one is named, has tests judged; empty where that names
/// the editions that are judged by without a day.
std::string NameEditions(const Workspace& workspace);

/// Loads all of it; what is wrong goes to `diagnostics`. Null where no profile could be loaded.
std::unique_ptr<Workspace> LoadWorkspace(const WorkspaceOptions& options,
                                         const DataFolders& folders, Diagnostics& diagnostics);

}  // namespace conform
