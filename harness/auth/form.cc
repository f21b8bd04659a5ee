#include "auth/form.h"

#include <fmt/format.h>

#include "base/ascii.h"

namespace conform {

std::string PercentEncode(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const bool unreserved =
        IsDigit(c) || IsLower(c) || IsUpper(c) || c == '-' || c == '.' || c == '_' || c == '~';
    encoded +=
        unreserved ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return encoded;
}

std::string WriteForm(const FormFields& fields) {
  std::string form;
  for (const auto& [name, value] : fields) {
    if (value.empty()) continue;
    if (!form.empty()) form += '&';
    form += fmt::format("{}={}", PercentEncode(name), PercentEncode(value));
  }
  return form;
}

}  // namespace conform
