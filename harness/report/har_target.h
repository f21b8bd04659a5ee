// A request's target as a HAR file tells it: an absolute address, and the pairs of its query.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace conform {

/// What stands before the first space, between, and after the last.
struct HarRequestLine {
  std::string_view method;
  std::string_view target;
  std::string_view version;
};

HarRequestLine SplitRequestLine(std::string_view line);

/// The target as an absolute URI; `request_line` (`POST https://host/…`) tells the origin. A target
/// that is no path, such as `*`, is told as the origin; what no URI can hold is percent-encoded.
std::string UrlOf(std::string_view request_line, std::string_view target);

/// `[{"name": …, "value": …}]`, percent-decoded.
nlohmann::ordered_json QueryOf(std::string_view target);

}  // namespace conform
