#include "contract/schema_arguments.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "contract/schema_assertion.h"
#include "contract/schema_keywords.h"
#include "contract/schema_numbers.h"

namespace conform {
namespace {

using nlohmann::json;

bool IsSchema(const json& value) { return value.is_object() || value.is_boolean(); }

bool IsText(const json& value) { return value.is_string(); }
bool IsBoolean(const json& value) { return value.is_boolean(); }
bool IsList(const json& value) { return value.is_array(); }
bool IsNumber(const json& value) { return value.is_number(); }
bool IsPositive(const json& value) { return value.is_number() && value > 0; }
bool IsCount(const json& value) { return IsWholeNumber(value) && value >= 0; }

bool AreAll(const json& values, bool (*is)(const json&)) {
  return std::all_of(values.begin(), values.end(), is);
}

bool IsListOfTexts(const json& value) { return value.is_array() && AreAll(value, IsText); }

bool IsListOfSchemas(const json& value) {
  return value.is_array() && !value.empty() && AreAll(value, IsSchema);
}

bool IsMapOfSchemas(const json& value) { return value.is_object() && AreAll(value, IsSchema); }

bool IsDependency(const json& value) { return IsSchema(value) || IsListOfTexts(value); }

bool IsMapOfDependencies(const json& value) {
  return value.is_object() && AreAll(value, IsDependency);
}

bool IsSchemaOrList(const json& value) {
  return IsSchema(value) || (value.is_array() && AreAll(value, IsSchema));
}

bool IsType(const json& value) {
  return value.is_string() && IsSchemaType(value.get_ref<const std::string&>());
}

bool IsTypeOrTypes(const json& value) {
  return IsType(value) || (value.is_array() && !value.empty() && AreAll(value, IsType));
}

struct Argument {
  const char* keyword;
  bool (*is)(const json& argument);
  const char* takes;
};

constexpr const char* kACount = "a whole number of 0 or more";
constexpr const char* kANumber = "a number";
constexpr const char* kASchema = "a schema";
constexpr const char* kSchemas = "a list of schemas";
constexpr const char* kByName = "a schema for each name";

/// JSON Schema Validation, draft 7, §6 and §8.
constexpr std::array kArguments = {
    Argument{"$ref", IsText, "a text"},
    Argument{"additionalItems", IsSchema, kASchema},
    Argument{"additionalProperties", IsSchema, kASchema},
    Argument{"allOf", IsListOfSchemas, kSchemas},
    Argument{"anyOf", IsListOfSchemas, kSchemas},
    Argument{"contains", IsSchema, kASchema},
    Argument{"definitions", IsMapOfSchemas, kByName},
    Argument{"dependencies", IsMapOfDependencies, "a schema or a list of names for each name"},
    Argument{"else", IsSchema, kASchema},
    Argument{"enum", IsList, "a list"},
    Argument{"exclusiveMaximum", IsNumber, kANumber},
    Argument{"exclusiveMinimum", IsNumber, kANumber},
    Argument{"format", IsText, "a text"},
    Argument{"if", IsSchema, kASchema},
    Argument{"items", IsSchemaOrList, "a schema or a list of them"},
    Argument{"maxItems", IsCount, kACount},
    Argument{"maxLength", IsCount, kACount},
    Argument{"maxProperties", IsCount, kACount},
    Argument{"maximum", IsNumber, kANumber},
    Argument{"minItems", IsCount, kACount},
    Argument{"minLength", IsCount, kACount},
    Argument{"minProperties", IsCount, kACount},
    Argument{"minimum", IsNumber, kANumber},
    Argument{"multipleOf", IsPositive, "a number above 0"},
    Argument{"not", IsSchema, kASchema},
    Argument{"oneOf", IsListOfSchemas, kSchemas},
    Argument{"pattern", IsText, "a text"},
    Argument{"patternProperties", IsMapOfSchemas, kByName},
    Argument{"properties", IsMapOfSchemas, kByName},
    Argument{"propertyNames", IsSchema, kASchema},
    Argument{"required", IsListOfTexts, "a list of names"},
    Argument{"then", IsSchema, kASchema},
    Argument{"type", IsTypeOrTypes,
             "array, boolean, integer, null, number, object, string or a list of these"},
    Argument{"uniqueItems", IsBoolean, "true or false"},
};

}  // namespace

Expected<bool> CheckArguments(const json& schema) {
  Expected<bool> good = true;
  VisitSchemas(schema, [&good](const json& each) {
    for (const Argument& argument : kArguments) {
      const auto found = each.find(argument.keyword);
      if (!good || found == each.end() || argument.is(*found)) continue;
      good = Fail(fmt::format("the schema is none: '{}' takes {}, not {}", argument.keyword,
                              argument.takes, ShowArgument(*found)));
    }
  });
  return good;
}

}  // namespace conform
