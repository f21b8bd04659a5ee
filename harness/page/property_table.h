// Reads tables of properties or parameters: names, types, and which are required.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "page/page_context.h"

namespace conform {

struct PropertyRow {
  std::string name;
  nlohmann::json schema;  ///< an empty object where the type is not a plain one.
  bool required = false;  ///< the row says so.
  bool optional = false;  ///< the row says so.
  Place place;
};

/// `String`, `Int32`, `Boolean`, `Edm.Guid`, `String collection`, …, as a JSON Schema; an empty
/// object for the types of resources.
nlohmann::json SchemaOfType(std::string_view type);

/// Rows whose first cell is a name; of any other it warns.
std::vector<PropertyRow> ReadPropertyTable(const PageContext& context, const Block& block);

}  // namespace conform
