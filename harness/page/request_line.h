// Reads `GET /users/{id | name}?$top=5`: a line of an HTTP request as pages write it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace conform {

struct DocumentedLine {
  std::string method;
  std::string path;  ///< a template below the API version, as contracts write it.
  std::vector<std::pair<std::string, std::string>> query;  ///< names and what stands for a value.
  std::string host;     ///< empty where the line has a path alone.
  std::string version;  ///< `beta`, `v1.0`; empty where the line does not say.
};

/// Nothing where the line begins with no method. `path` is empty where it cannot be written as a
/// template. Placeholders are named by what stands between their braces or angle brackets; one
/// whose name stands twice is named after the segment before it.
std::optional<DocumentedLine> ReadDocumentedLine(std::string_view line);

}  // namespace conform
