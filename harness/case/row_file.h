// Reads the rows of a case from a CSV or JSON file.
#pragma once

#include <filesystem>
#include <string>

#include "base/diagnostic.h"
#include "case/case.h"

namespace conform {

/// A `.csv` file has a line of column names; a `.json` file is a list of objects with the same
/// members. `name_column` names each row. Mistakes are told at `FILE:LINE`.
void LoadRowFile(const std::filesystem::path& file, const std::string& name_column, Case& loaded,
                 Diagnostics& diagnostics);

}  // namespace conform
