// Masks in a finished journal what was learnt only after a line of it was written.
#pragma once

#include <filesystem>

#include "base/error.h"
#include "base/redactor.h"

namespace conform {

/// Whether `redactor` would leave the finished journal at `path` as it is. Errors: it cannot be
/// read.
Expected<bool> IsMasked(const std::filesystem::path& path, const Redactor& redactor);

/// Masks in the finished journal at `path` what `redactor` knows. One that holds nothing of that is
/// not touched; another is replaced, or, where no copy of it can be made (a disk that is full),
/// written over where it stands. Errors: neither can be, and what is to be masked stands in it
/// still.
Expected<void> MaskJournal(const std::filesystem::path& path, const Redactor& redactor);

}  // namespace conform
