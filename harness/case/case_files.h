// Which files hold cases, and what is told of those that do not.
#pragma once

#include <filesystem>
#include <vector>

#include "base/diagnostic.h"
#include "base/folder.h"
#include "case/case.h"

namespace conform {

/// The files that `paths` name, and those below the folders among them, each once.
YamlFiles FindCaseFiles(const std::vector<std::filesystem::path>& paths, Diagnostics& diagnostics);

/// Tells what was found in each of the files, one of `told` for each, and which are misnamed; but
/// nothing of one that is no case, which has no source in `cases`, where another case names it.
void TellRefusedFiles(const YamlFiles& found, const std::vector<Case>& cases,
                      std::vector<Diagnostics> told, Diagnostics& diagnostics);

}  // namespace conform
