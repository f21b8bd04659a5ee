// Contracts as an OpenAPI 3.1 document, from which they can be read back whole.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "contract/contract.h"
#include "page/openapi_document.h"

namespace conform {

/// What OpenAPI has no words for (clauses, sources, editions, permissions, conditions) stands under
/// `x-conform`. Each further path of an operation is an operation of its own, with
/// `x-conform-same-as`. Errors: two contracts of one method and path; a method that OpenAPI does
/// not know.
Expected<nlohmann::ordered_json> OpenApiOf(const std::vector<const Contract*>& contracts);

/// The contract that was exported as `operation`, by its `x-conform` and what stands beside it.
/// Nothing where that makes no contract, which is a warning.
std::optional<Contract> ContractOfExport(OpenApiDocument& document, const OpenApiNode& operation,
                                         const std::string& method, const std::string& path);

}  // namespace conform
