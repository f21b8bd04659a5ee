// Names and values as a form or a query writes them (RFC 6749 appendix B).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace conform {

using FormFields = std::vector<std::pair<std::string, std::string>>;

/// `grant_type=refresh_token&scope=a%20b`; fields with an empty value are left out.
std::string WriteForm(const FormFields& fields);

}  // namespace conform
