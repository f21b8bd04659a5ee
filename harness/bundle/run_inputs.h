// The files a run was made from, as they were when it read them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/redactor.h"
#include "bundle/bundle_file.h"
#include "record/run_header.h"

namespace conform {

/// Where a file that a run read stands in its bundle: `inputs/` and its path; a leading `/` falls
/// away, and `..` becomes `_up`, so that it cannot leave the folder that a bundle is unpacked in.
std::string PathInBundle(const FileRecord& file);

/// Every file that the header names, read again. Paths are taken from `folder`, the one in which
/// the run was made. Errors (the path first): it cannot be read; it changed since the run.
Expected<std::vector<BundleFile>> LoadRunInputs(const RunHeader& header,
                                                const std::filesystem::path& folder);

/// Paths of those files that the header names in which a secret stands that `redactor` knows. One
/// that cannot be read, or is another by now, is in no bundle either.
std::vector<std::string> FindSecretFiles(const RunHeader& header,
                                         const std::filesystem::path& folder,
                                         const Redactor& redactor);

}  // namespace conform
