// The address of a next page, as an answer gives it.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "base/origin.h"

namespace conform {

/// The request-target that `link` stands for on `origin`: an absolute URL there, or a path from
/// the root. Errors: it leads elsewhere, or is no address.
Expected<std::string> TargetOfLink(std::string_view link, const Origin& origin);

}  // namespace conform
