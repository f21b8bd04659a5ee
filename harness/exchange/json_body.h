// An answer's content as JSON, where it is JSON.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "exchange/response.h"

namespace conform {

struct JsonBody {
  nlohmann::json value;  ///< discarded where `error` is set.
  std::string error;     ///< why it is no JSON text, and at which byte; else empty.
  /// It may be JSON, but nests deeper or holds larger numbers than we read, or half a surrogate
  /// pair.
  bool unreadable = false;
  std::string text = {};  ///< what was read;
  bool marked = false;    ///< it begins with a byte order mark, which was passed over.
  /// Where a member of a name stands that its object had before: of those the last was read.
  std::optional<std::string> repeated = {};
  bool whole = true;  ///< false: it is only the beginning, or still coded.
};

/// Nesting that is read; Bounds::json_depth is what an exchange observes.
inline constexpr std::size_t kMaxJsonDepth = 200;

/// Reads the content once: each check of a step asks for it. Lasts as long as the response and its
/// content. For one thread at a time.
const JsonBody& ReadJsonBody(const Response& response);

/// One line for a message: as JSON text where that is short; of what is longer a text is cut, and
/// an object or array told by its size.
std::string ShowJson(const nlohmann::json& value);
/// `an object of 1 member`, `an array of 2 items`; of any other value as ShowJson has it. For what
/// is compared between runs: what stands within varies.
std::string ShowJsonSize(const nlohmann::json& value);

}  // namespace conform
