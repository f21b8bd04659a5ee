// What a test saw of the service, whether or not somebody promised it.
#pragma once

#include <vector>

#include "history/kept_run.h"
#include "record/run_record.h"

namespace conform {

/// Of each step's last answer: `status`, `headers.NAME` (which, not what they hold), `error.code`,
/// `body/POINTER` (the JSON type there; elements of arrays together as `*`), `wire.NAME` (what was
/// odd), and `observe.NAME` (what the case lists, with its value). Places of a step that has a name
/// begin with it. Sorted by place, each once; values that are another each time are no part of it.
std::vector<BehaviourFact> BehaviourOf(const TestRecord& test);

/// Of the secure connections of a test: `https://HOST: certificate issuer`, `…: TLS version`.
std::vector<BehaviourFact> ConnectionOf(const TestRecord& test);

/// Whether nothing can be said of `place` by `facts`: it lies in the elements of an array that had
/// none.
bool IsOpenAt(const std::string& place, const std::vector<BehaviourFact>& facts);

/// Puts facts in order; of several values of one place makes one, `a | b`.
void SortFacts(std::vector<BehaviourFact>& facts);

}  // namespace conform
