// Whether a request gives a service any reason for the refusal that a case expects.
#pragma once

#include <string_view>

#include "case/broken_facts.h"

namespace conform {

/// Which rule the step's request keeps, so that nothing would be refused with `status` for it, e.g.
/// `its content is of a documented media type` for 415. Empty: it may be, or nobody can tell. Of
/// 401, 412, 415 and 428 alone is the reason known (RFC 9110 §15.5, RFC 6585 §3).
std::string_view RuleKept(int status, const Case& test_case, const Row* row, const Step& step,
                          const Contract& contract, const BrokenFacts& broken);

}  // namespace conform
