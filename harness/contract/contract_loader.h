// Reads one contract file or protocol set and tells every mistake in it.
#pragma once

#include <memory>
#include <optional>

#include "base/diagnostic.h"
#include "contract/contract.h"
#include "contract/protocol.h"

namespace conform {

/// Nothing where `diagnostics` got an error.
std::optional<Contract> LoadContract(std::shared_ptr<const SourceText> source,
                                     Diagnostics& diagnostics);

}  // namespace conform
