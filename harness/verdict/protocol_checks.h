// The functions that protocol clauses name under `check:`.
#pragma once

#include "contract/protocol.h"
#include "verdict/check.h"

namespace conform {

std::map<std::string, ProtocolCheck, std::less<>> ProtocolChecks();

/// Whether a clause is about this exchange.
bool Matches(const ExchangeFilter& filter, const Attempt& attempt);

}  // namespace conform
