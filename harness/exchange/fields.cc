#include "exchange/fields.h"

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

bool IsJson(const Fields& fields) {
  const Field* field = FindField(fields, "Content-Type");
  return field != nullptr && IsJsonType(field->value);
}

}  // namespace conform
