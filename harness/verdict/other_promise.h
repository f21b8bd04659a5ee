// Whether an answer that a step does not expect is promised for a condition of its own.
#pragma once

#include "case/test.h"
#include "verdict/step_facts.h"

namespace conform {

/// Whether the contract promises `status` to the step's request for a condition that may hold,
/// where the step expects others. A success in place of a refusal is not: whoever expects a refusal
/// whose condition is told in words, and lists its clause, wrote the request that brings it about.
bool IsPromisedOtherwise(const Test& test, const StepFacts& facts, int status);

/// Whether an answer tells that a thing is there or is not; another, such as 500, does not.
bool TellsOfAThing(const Contract& contract, int status);

}  // namespace conform
