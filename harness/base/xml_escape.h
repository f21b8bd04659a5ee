// Characters that are markup in XML and HTML, as references.
#pragma once

#include <string>
#include <string_view>

namespace conform {

/// `&`, `<` and `>` as `&amp;`, `&lt;`, `&gt;`; where `quotes`, `"` as `&quot;`; an apostrophe as
/// `apostrophe`, or itself where that is empty.
std::string EscapeXml(std::string_view text, bool quotes = false, std::string_view apostrophe = "");

}  // namespace conform
