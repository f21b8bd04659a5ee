// Which hosts are reached without a proxy: the list that NO_PROXY holds.
#pragma once

#include <string_view>

#include "base/origin.h"

namespace conform {

/// `list` is separated by commas or white space. An entry is `*` (every host), a host (with or
/// without a dot before it: itself and all below it), an IP address, or a block of addresses
/// (`10.0.0.0/8`, `fd00::/8`); a host or address may be followed by `:port` and then holds for that
/// port alone. What is none of these matches nothing.
bool GoesDirect(const Origin& origin, std::string_view list);

}  // namespace conform
