// Reads `content:`, a map of media types as OpenAPI has it, and the request body's rule.
#pragma once

#include <string_view>
#include <vector>

#include "base/map_reader.h"
#include "contract/contract.h"

namespace conform {

/// `none` gives no content. `what` names the owner in messages, e.g. `response 204`.
std::vector<MediaContent> LoadContent(const YamlContext& context, const YamlEntry& entry,
                                      std::string_view what);
/// `none`, or `{required, content}`.
RequestBodyRule LoadRequestBody(const YamlContext& context, const YamlEntry& entry);
/// A JSON Schema: a mapping, or true or false. Null where the key is absent.
nlohmann::json LoadSchema(const YamlContext& context, MapReader& reader);

}  // namespace conform
