// The answer that a contract promises, filled with its documented example.
#pragma once

#include "mock/error_answer.h"
#include "mock/route_table.h"
#include "mock/tenant_states.h"

namespace conform {

/// The path gives the values of the placeholders that the example may hold, as in `"id": "{id}"`.
/// A refusal without an example gets Graph's error object; 429 and 503 say in Retry-After how many
/// seconds are left.
/// Header fields that the answer always has are added with a value by their schema. `origin` is
/// where what was made lies.
Answer PromisedAnswer(const Route& route, std::string_view origin, const Promise& promise,
                      const AnswerIds& ids);

/// The fields that the rule says are always there, where the answer has none of the name; but not
/// those that frame an answer or that the service itself sets.
void AddPromisedFields(const ResponseRule& rule, Answer& answer);

}  // namespace conform
