#include "case/request_spec.h"

#include <algorithm>

#include "base/http_text.h"

namespace conform {

const HeaderSpec* RequestSpec::FindHeader(std::string_view name) const {
  for (const HeaderSpec& header : headers) {
    if (SameFieldName(header.name, name)) return &header;
  }
  return nullptr;
}

bool RequestSpec::LeavesOpen(std::string_view name) const {
  return FindHeader(name) == nullptr &&
         std::none_of(omit.begin(), omit.end(),
                      [&](const std::string& omitted) { return SameFieldName(omitted, name); });
}

bool RequestSpec::IsFramed() const {
  return body.length != BodySpec::Length::kAbsent && LeavesOpen("Content-Length") &&
         LeavesOpen("Transfer-Encoding");
}

}  // namespace conform
