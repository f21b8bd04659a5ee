#include "case/request_spec.h"

#include <strings.h>

namespace conform {

const HeaderSpec* RequestSpec::FindHeader(std::string_view name) const {
  for (const HeaderSpec& header : headers) {
    if (header.name.size() == name.size() &&
        strncasecmp(header.name.data(), name.data(), name.size()) == 0) {
      return &header;
    }
  }
  return nullptr;
}

}  // namespace conform
