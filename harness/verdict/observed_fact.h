// Reads from an answer what a case only observes.
#pragma once

#include <string>
#include <string_view>

#include "case/case.h"
#include "exchange/exchange.h"
#include "verdict/verdict.h"

namespace conform {

/// `status`, `duration`, `headers.NAME` or `body.MEMBER.MEMBER`; `absent` where there is none.
std::string Observe(const Attempt& attempt, std::string_view name);

/// Adds what the step observes: what it lists, and the members of its JSON content that it does not
/// name, unless `closed` judges those.
void RecordObserved(const Step& step, const Attempt& attempt, Verdict& verdict);

}  // namespace conform
