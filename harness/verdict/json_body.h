// An answer's content as JSON, where it is JSON.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "exchange/response.h"

namespace conform {

struct JsonBody {
  nlohmann::json value;  ///< discarded where `error` is set.
  std::string error;     ///< why it is no JSON text, and at which byte; else empty.
  bool unreadable =
      false;  ///< it may be JSON, but nests deeper or holds larger numbers than we read.
};

/// Nesting that is read; Bounds::json_depth is what an exchange observes.
inline constexpr std::size_t kMaxJsonDepth = 200;

JsonBody ReadJsonBody(const Response& response);

/// One line for a message: strings in quotes, objects and arrays by their size, long text cut.
std::string ShowJson(const nlohmann::json& value);

}  // namespace conform
