// Numbers as JSON Schema takes them: by value, however they are written.
#pragma once

#include <nlohmann/json.hpp>

namespace conform {

/// Writes numbers like `1.0` as whole ones, of which both are (draft 6 and later).
void WriteWholeNumbers(nlohmann::json& value);
/// Whether it is a number without a fraction, as `1.0` is.
bool IsWholeNumber(const nlohmann::json& value);

/// Whether `number` is a multiple of `of`, by their decimal digits: 19.99 is one of 0.01. Both are
/// numbers, `of` more than zero.
bool IsMultiple(const nlohmann::json& number, const nlohmann::json& of);

}  // namespace conform
