// A whole HTML document: one file, no script, nothing fetched.
#pragma once

#include <string>
#include <string_view>

namespace conform {

/// `body` is markup; `more_style` is a style sheet beside the report's, or empty. A content
/// security policy in the page forbids every request and script.
std::string RenderPage(std::string_view title, std::string_view body,
                       std::string_view more_style = "");

}  // namespace conform
