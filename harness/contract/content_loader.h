// Reads `content:`, a map of media types as OpenAPI has it, and the request body's rule.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

#include "base/map_reader.h"
#include "contract/contract.h"
#include "contract/json_schema.h"

namespace conform {

/// `none` gives no content. `what` names the owner in messages, e.g. `response 204`.
std::vector<MediaContent> LoadContent(const YamlContext& context, const YamlEntry& entry,
                                      std::string_view what);
/// `none`, or `{required, content}`.
RequestBodyRule LoadRequestBody(const YamlContext& context, const YamlEntry& entry);

/// A JSON Schema: a mapping, or true or false. Both are null where the key is absent.
struct LoadedSchema {
  nlohmann::json text;
  std::shared_ptr<const JsonSchema> compiled;  ///< null also where it is none, which is told.
};
LoadedSchema LoadSchema(const YamlContext& context, MapReader& reader);

}  // namespace conform
