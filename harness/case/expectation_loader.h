// Reads the `response:` of a step.
#pragma once

#include "case/case.h"
#include "case/case_context.h"

namespace conform {

/// What a JSON value must be: a literal, `{matches: …}`, `{exists: …}` or `{unordered: […]}`.
ValueRule LoadValueRule(const YamlEntry& entry, const CaseContext& context);

/// Fills the step's expectations and what it observes.
void LoadResponse(const YamlEntry& entry, const CaseContext& context, Step& step);

}  // namespace conform
