// Fills in what a contract says of the answers and of all around the call.
#pragma once

#include "page/contract_draft.h"

namespace conform {

/// Responses, and how long a state lasts on the mock.
void AddResponseFacts(ContractDraft& draft);
/// Effect, licence, maturity, clouds, and notes on what the page leaves open.
void AddSurroundings(ContractDraft& draft);

}  // namespace conform
