// Holds a JSON value, or its absence, against a case's rule.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "case/step_flow.h"
#include "verdict/check.h"

namespace conform {

/// The member at a JSON pointer (RFC 6901), or null.
const nlohmann::json* FindMember(const nlohmann::json& value, const std::string& pointer);

/// `actual` is null where there is none. `subject` names it in the mismatch.
std::optional<Mismatch> CompareJson(const std::string& subject, const nlohmann::json* actual,
                                    const ValueRule& rule, const Scope& scope);

/// The same for a text, such as a header field's value.
std::optional<Mismatch> CompareText(const std::string& subject, const std::string* actual,
                                    const ValueRule& rule, const Scope& scope);

/// The members of `value` that none of `documented` (JSON pointers) names or lies below or above.
/// Items of a list that none names are held against what is named of others, and stand as `*`.
std::vector<std::string> FindUndocumented(const nlohmann::json& value,
                                          const std::vector<std::string>& documented);

/// `'text'` on one line, cut where it is long.
std::string Quoted(std::string_view text);

/// `"completed"`, `a match of '…'`: reads after "promises".
std::string DescribeRule(const ValueRule& rule, const Scope& scope);

}  // namespace conform
