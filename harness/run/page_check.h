// Tells which contracts were taken from a page that has changed since.
#pragma once

#include <filesystem>

#include "base/diagnostic.h"
#include "contract/catalog.h"

namespace conform {

/// Reads the Markdown pages below `pages`, and those beside the contracts. A page whose operation
/// has a contract, and whose bytes none of its editions was taken from, is a warning at the
/// `sha256:` of the edition of the page's month, else of the newest. Pages of other operations, or
/// of none, are passed over. Empty `pages`: those beside the contracts alone. What cannot be read
/// as a folder is an error.
void CheckPages(const Catalog& catalog, const std::filesystem::path& pages,
                Diagnostics& diagnostics);

}  // namespace conform
