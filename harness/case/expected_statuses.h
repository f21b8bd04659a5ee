// The statuses that a step expects.
#pragma once

#include "case/case.h"
#include "case/text_template.h"
#include "contract/status_set.h"

namespace conform {

/// A status whose text does not resolve is left out.
void AddStatuses(const Expectation& expectation, const Scope& scope, StatusSet& expected);
/// Of all expectations of the step.
StatusSet ExpectedStatuses(const Step& step, const Scope& scope);

}  // namespace conform
