// Reads where an edition was taken from: a contract's `source:`.
#pragma once

#include "base/map_reader.h"
#include "contract/contract.h"

namespace conform {

/// `edition` is the contract's, in whose month the page is dated.
PageSource LoadPageSource(const YamlContext& context, const YamlEntry& entry,
                          std::string_view edition);

}  // namespace conform
