// Reads the steps of a case.
#pragma once

#include "case/case_context.h"

namespace conform {

/// Reads `steps:` and `finally:`, or the single-request form, which is shorthand for one step.
/// `blame` is where a mistake of the case as a whole is shown.
void LoadSteps(MapReader& reader, const CaseContext& context, Case& loaded, const Span& blame);

}  // namespace conform
