// One finding as a SARIF result, and places in files as SARIF tells them.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "record/run_record.h"

namespace conform {

/// What relative addresses are relative to: the folder that conform ran in.
inline constexpr const char* kSarifRoot = "SRCROOT";

/// `error`, `warning`, `note`.
std::string_view SarifLevel(Strength strength);

/// `sync.response.204/2019-01`; a protocol clause has no edition.
std::string SarifRuleId(const ClauseKey& clause);

/// A location in `path`, its line left out where it is 0.
nlohmann::ordered_json MakeSarifLocation(std::string_view path, const Span& span,
                                         std::string_view excerpt);

/// `rule_index`: of the clause among the driver's rules, if it stands there.
nlohmann::ordered_json MakeSarifResult(const TestRecord& test, const Finding& finding,
                                       std::optional<std::size_t> rule_index);

}  // namespace conform
