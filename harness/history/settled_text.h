// Text without what is another each time: ids, times, digests of secrets.
#pragma once

#include <string>

namespace conform {

/// UUIDs become `(id)`, timestamps and HTTP dates `(time)`, masks lose length and digest.
std::string Settle(std::string text);

}  // namespace conform
