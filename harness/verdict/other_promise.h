// Answers that tell nothing of what a step expects.
#pragma once

#include <string>

#include "case/test.h"
#include "verdict/step_facts.h"

namespace conform {

/// Why the answer of a service that asks to be left alone for a while tells nothing; empty: it is
/// none, or one that the step asked for.
std::string WhyThrottled(const Test& test, const StepFacts& facts);

/// Whether the contract promises `status` to the step's request for a condition that may hold,
/// where the step expects others. A success in place of a refusal is not: whoever expects a refusal
/// whose condition is told in words, and lists its clause, wrote the request that brings it about.
bool IsPromisedOtherwise(const Test& test, const StepFacts& facts, int status);

/// Whether an answer tells that a thing is there or is not; another, such as 500, does not.
bool TellsOfAThing(const Contract& contract, int status);

}  // namespace conform
