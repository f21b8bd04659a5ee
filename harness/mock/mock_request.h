// A request as the mock's service sees it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/fields.h"

namespace conform {

struct MockRequest {
  std::string method;
  std::string path;   ///< from the root, as sent: percent-encoding kept.
  std::string query;  ///< without the question mark; empty where there is none.
  Fields fields;
  std::string body;             ///< transfer coding removed.
  bool declares_length = true;  ///< Content-Length or Transfer-Encoding was there.
};

/// Reads a request-target in origin form or absolute form (RFC 9112 §3.2) into path and query.
void ReadTarget(std::string_view target, MockRequest& request);

/// Whether the query has a parameter of that name; `%24` in it counts as `$`.
bool HasQueryParameter(std::string_view query, std::string_view name);

/// The value of the first query parameter of that name, percent-encoding removed.
std::optional<std::string> FindQueryValue(std::string_view query, std::string_view name);

/// The query without the parameters of that name; what is left of it ends with `&`.
std::string WithoutQueryParameter(std::string_view query, std::string_view name);

/// Whether RFC 9110 or RFC 5789 defines the method.
bool IsKnownMethod(std::string_view method);

}  // namespace conform
