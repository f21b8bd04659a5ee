// Reads case files and tells every mistake in them.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "case/case.h"

namespace conform {

/// Nothing where `diagnostics` got an error. What needs the contracts is checked by PlanTests.
std::optional<Case> LoadCase(const std::shared_ptr<const SourceText>& source, std::string id,
                             Diagnostics& diagnostics);

/// Loads every `.yaml` file that `paths` name or hold, but for `deviations.yaml`; sorted by path.
/// Ids are taken below the nearest folder named `cases`.
std::vector<Case> LoadCases(const std::vector<std::filesystem::path>& paths,
                            Diagnostics& diagnostics);

}  // namespace conform
