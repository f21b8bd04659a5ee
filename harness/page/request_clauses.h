// Fills in what a contract says of the request, with a clause a fact.
#pragma once

#include "page/contract_draft.h"

namespace conform {

/// Server, method, paths, parameters, header fields, body, permissions.
void AddRequestFacts(ContractDraft& draft);

}  // namespace conform
