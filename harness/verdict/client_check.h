// Whether the bytes we sent keep what a contract asks of the client.
#pragma once

#include "contract/contract.h"
#include "exchange/request.h"

namespace conform {

/// False for a clause that binds somebody else.
bool KeepsClientClause(const Request& request, const Contract& contract, const Clause& clause);

}  // namespace conform
