// Reads the `request:` of a step.
#pragma once

#include "case/case_context.h"
#include "case/request_spec.h"

namespace conform {

RequestSpec LoadRequestSpec(const YamlEntry& entry, const CaseContext& context);

}  // namespace conform
