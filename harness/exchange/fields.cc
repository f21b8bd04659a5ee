#include "exchange/fields.h"

#include <algorithm>

#include "base/ascii.h"

namespace conform {
bool SameFieldName(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
           return ToLower(x) == ToLower(y);
         });
}

const Field* FindField(const Fields& fields, std::string_view name) {
  for (const Field& field : fields) {
    if (SameFieldName(field.name, name)) return &field;
  }
  return nullptr;
}

std::vector<std::string_view> FieldValues(const Fields& fields, std::string_view name) {
  std::vector<std::string_view> values;
  for (const Field& field : fields) {
    if (SameFieldName(field.name, name)) values.push_back(field.value);
  }
  return values;
}

}  // namespace conform
