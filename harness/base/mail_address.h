// Mail addresses, known by their shape.
#pragma once

#include <string_view>
#include <vector>

namespace conform {

/// Those in `text`, in order: a local part of RFC 5322's atom characters, but for `/`, `=`, `?`,
/// `&` and quotes, which stand around an address more often than in one; `@`; and a host name of
/// two labels or more that ends in letters. Non-ASCII is taken for letters. The annotations of
/// OData (`members@odata.bind`, `value@microsoft.graph.x`) are none.
std::vector<std::string_view> FindMailAddresses(std::string_view text);

}  // namespace conform
