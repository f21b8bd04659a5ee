// Which of a contract's answers a step expects.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "contract/contract.h"
#include "contract/status_set.h"

namespace conform {

/// Whether the success answer is expected: alone, or named beside other successes; of `2XX`, 2xx.
bool ExpectsSuccess(const StatusSet& expected, const Contract& contract);

/// The successes that are named, two or more and nothing beside them; else none. Whichever comes,
/// the clause about it is judged.
std::vector<int> NamedSuccesses(const StatusSet& expected);

/// Whether a clause about the fact (`responses.201`) is of another of several named successes than
/// the one that came. By an answer that is none of them the first alone is broken.
bool IsOfOtherSuccess(std::string_view about, const StatusSet& expected, int status);

/// Whether a clause about the fact (`responses.204`) is about an answer that is expected: the one
/// status, one of several named successes, any of them for `2XX`, or whichever refusal for `4XX`
/// and `default`.
bool ExpectsAnswer(const StatusSet& expected, std::string_view about);

/// Whether the fact is an answer: `responses.204`.
bool IsOfAnswer(std::string_view about);

/// Whether it is every refusal of a class or without a rule of its own: `4XX`, `default`.
bool StandsForMany(std::string_view about);

/// Whether it is every failure of the service: `5XX`, which no request brings about.
bool IsOfFailures(std::string_view about);

/// What a step expects that is evidence for a clause about that answer: `204`, `4xx`.
std::string StatusToExpect(std::string_view about);

/// Whether a failure of the service's own (5xx) is expected.
bool HasFailure(const StatusSet& expected);

/// Whether the contract states a schema of JSON for an answer that is expected.
bool ExpectsSchema(const StatusSet& expected, const Contract& contract);

}  // namespace conform
