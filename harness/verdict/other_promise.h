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
/// where the step expects others. A success in place of another answer is not where that one's
/// condition is told in words: who expects it, and lists its clause, wrote the request that brings
/// it about. Nor is a failure of the service's own, such as 500, nor that a page is not there whose
/// address the service itself named.
bool IsPromisedOtherwise(const Test& test, const StepFacts& facts, int status);

/// Whether an answer tells that a thing is there or is not; another, such as 500, does not.
bool TellsOfAThing(const Contract& contract, int status);

}  // namespace conform
