// Reads from an answer what a case only observes.
#pragma once

#include <string>
#include <string_view>

#include "exchange/exchange.h"

namespace conform {

/// `status`, `duration`, `headers.NAME` or `body.MEMBER.MEMBER`; `absent` where there is none.
std::string Observe(const Attempt& attempt, std::string_view name);

}  // namespace conform
