// The groups that the fault catalogue is made of.
#pragma once

#include <initializer_list>
#include <vector>

#include "mock/fault.h"

namespace conform {

/// The faults of all groups, in their order.
std::vector<Fault> Joined(std::initializer_list<std::vector<Fault>> groups);

/// Answers that say the wrong thing, or say it wrongly.
std::vector<Fault> AnswerFaults();
/// Requests that are let in or refused wrongly.
std::vector<Fault> ServiceFaults();
/// Content of successes that is not what the contract promises.
std::vector<Fault> ResourceFaults();
/// Status line and header section that break RFC 9112.
std::vector<Fault> WireLineFaults();
/// Content whose end is told wrongly.
std::vector<Fault> WireFramingFaults();

}  // namespace conform
