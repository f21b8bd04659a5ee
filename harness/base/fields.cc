#include "base/fields.h"

#include <algorithm>
#include <utility>

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

void RemoveField(Fields& fields, std::string_view name) {
  std::erase_if(fields, [name](const Field& field) { return SameFieldName(field.name, name); });
}

void ReplaceField(Fields& fields, std::string_view name, std::string value) {
  const auto found = std::find_if(fields.begin(), fields.end(), [name](const Field& field) {
    return SameFieldName(field.name, name);
  });
  if (found != fields.end()) found->value = std::move(value);
}

std::optional<std::string> CombinedValue(const Fields& fields, std::string_view name) {
  std::optional<std::string> combined;
  for (const Field& field : fields) {
    if (!SameFieldName(field.name, name)) continue;
    combined = combined ? *combined + ", " + field.value : field.value;
  }
  return combined;
}

std::vector<std::string_view> ListElements(const Fields& fields, std::string_view name) {
  std::vector<std::string_view> elements;
  for (std::string_view value : FieldValues(fields, name)) {
    for (std::size_t comma = 0; comma != std::string_view::npos;) {
      comma = value.find(',');
      elements.push_back(TrimWhiteSpace(value.substr(0, comma)));
      if (comma != std::string_view::npos) value.remove_prefix(comma + 1);
    }
  }
  return elements;
}

bool ListsToken(const Fields& fields, std::string_view name, std::string_view token) {
  const auto elements = ListElements(fields, name);
  return std::any_of(elements.begin(), elements.end(),
                     [token](std::string_view element) { return SameFieldName(element, token); });
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
