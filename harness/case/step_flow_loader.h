// Reads what a step does besides its request and response.
#pragma once

#include "case/case_context.h"

namespace conform {

/// Fills captures, poll, settle and follow from the keys of `reader`.
void LoadStepFlow(MapReader& reader, const CaseContext& context, Step& step);

/// Warns of steps that run as they stand, but not as their author can have meant: a poll that
/// cannot succeed and the steps behind it, times that do not fit.
void WarnOfFlow(const Case& loaded, const CaseContext& context);

}  // namespace conform
