// A parameter's name that stands in a request's path in place of its value.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "contract/contract.h"

namespace conform {

struct UnfilledParameter {
  std::string written;  ///< `{id}` as the contract has it, `:id`, or `{{id}}`.
  std::string name;     ///< the parameter's, at whose place it stands.
};

/// The first in `path`, whose `${…}` are unresolved. Nothing: none is there, or it is no path of
/// the contract. Such a text may be a value by right.
std::optional<UnfilledParameter> FindUnfilledParameter(const Contract& contract,
                                                       std::string_view path);

}  // namespace conform
