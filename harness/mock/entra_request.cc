#include "mock/entra_request.h"

#include <fmt/format.h>

namespace conform {

EntraForm::EntraForm(std::string_view body) {
  text_.reserve(body.size());
  for (const char c : body) {
    if (c == '+') {
      text_ += "%20";
    } else {
      text_ += c;
    }
  }
}

std::string EntraForm::Get(std::string_view name) const {
  return FindQueryValue(text_, name).value_or("");
}

std::string EntraRequest::Address(std::string_view path) const {
  return fmt::format("{}/{}{}", origin, tenant_name, path);
}

}  // namespace conform
