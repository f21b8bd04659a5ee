#include "auth/form.h"

#include <fmt/format.h>

#include "base/percent.h"

namespace conform {

std::string WriteForm(const FormFields& fields) {
  std::string form;
  for (const auto& [name, value] : fields) {
    if (value.empty()) continue;
    if (!form.empty()) form += '&';
    form += fmt::format("{}={}", EncodePercent(name, kUnreservedMarks),
                        EncodePercent(value, kUnreservedMarks));
  }
  return form;
}

}  // namespace conform
