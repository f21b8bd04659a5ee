#include "exchange/fields.h"

#include <algorithm>

namespace conform {

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

std::optional<std::string> CombinedValue(const Fields& fields, std::string_view name) {
  std::optional<std::string> combined;
  for (const Field& field : fields) {
    if (!SameFieldName(field.name, name)) continue;
    combined = combined ? *combined + ", " + field.value : field.value;
  }
  return combined;
}

bool HoldsValue(const Fields& fields, std::string_view name) {
  const auto values = FieldValues(fields, name);
  if (SameFieldName(name, "Allow")) return !values.empty();
  return std::any_of(values.begin(), values.end(), [](std::string_view value) {
    return value.find_first_not_of(" \t,") != std::string_view::npos;
  });
}

bool IsJson(const Fields& fields) {
  const Field* field = FindField(fields, "Content-Type");
  return field != nullptr && IsJsonType(field->value);
}

}  // namespace conform
