// Writes a contract file.
#pragma once

#include <string>

#include "contract/contract.h"

namespace conform {

/// As a person would write it, without comments; what it says is read back by LoadContract. What
/// the mock keeps in `resource:` is no fact of a page and is not written.
std::string RenderContract(const Contract& contract);

}  // namespace conform
