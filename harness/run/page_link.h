// An address as an answer gives it: of a next page, of what was made.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/origin.h"
#include "exchange/response.h"

namespace conform {

/// What stands at that JSON pointer of the answer; null where it is the last page: there is
/// nothing, or null, or an empty text.
const nlohmann::json* FindNextPage(const Response& response, const std::string& pointer);

/// The request-target that `link` stands for in the answer to `asked`, a request-target of `origin`
/// (RFC 3986 §5.2). Errors: it leads elsewhere, or is no address.
Expected<std::string> TargetOfLink(std::string_view link, const Origin& origin,
                                   std::string_view asked);

}  // namespace conform
