// Reads one protocol set, `specs/protocol/*.yaml`.
#pragma once

#include <memory>
#include <optional>

#include "base/diagnostic.h"
#include "contract/protocol.h"

namespace conform {

/// Nothing where `diagnostics` got an error.
std::optional<ProtocolSet> LoadProtocolSet(std::shared_ptr<const SourceText> source,
                                           Diagnostics& diagnostics);

}  // namespace conform
