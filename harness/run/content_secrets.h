// Secrets in the content of messages, found by their names.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/fields.h"
#include "base/redactor.h"

namespace conform {

/// Discarded where it is no JSON, or nests deeper than 100: what is gone down by recursion.
nlohmann::json ReadShallowJson(std::string_view text);

/// What stands under a telling name becomes known to `redactor`: in JSON its text or long number,
/// also in a list, or in an object as its only member or its `value`; in what is cut or no whole
/// JSON what stands there directly, and lines of JSON; in forms of both kinds; in XML the text of
/// an element. `fields` are those of the message; a recording may have left Content-Type out.
void LearnContent(const Fields& fields, const std::string& content, Redactor& redactor);

}  // namespace conform
