// What changed between two JSON Schemas, for a client that sends or receives what they describe.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "contract/change_kind.h"

namespace conform {

/// Which way the described values travel: what narrows a request breaks clients, what narrows an
/// answer promises them more.
enum class Direction { kToService, kToClient };

struct SchemaChange {
  ChangeKind kind = ChangeKind::kUnclassified;
  std::string pointer;  ///< of the described value, e.g. `/items/*/name`; empty: the whole.
  std::string says;     ///< e.g. `is required now`.
  std::string before;   ///< as JSON; empty where it was not there.
  std::string now;
};

/// Null stands for no schema. Keywords that no rule knows are told as unclassified.
std::vector<SchemaChange> CompareSchemas(const nlohmann::json& before, const nlohmann::json& now,
                                         Direction direction);

}  // namespace conform
