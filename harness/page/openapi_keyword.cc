#include "page/openapi_keyword.h"

#include <algorithm>
#include <iterator>

namespace conform {
namespace {

struct KnownKeyword {
  std::string_view name;
  KeywordForm form;
};

constexpr KnownKeyword kKnownKeywords[] = {
    {"type", KeywordForm::kKept},
    {"format", KeywordForm::kKept},
    {"enum", KeywordForm::kKept},
    {"const", KeywordForm::kKept},
    {"default", KeywordForm::kKept},
    {"example", KeywordForm::kKept},
    {"required", KeywordForm::kKept},
    {"pattern", KeywordForm::kKept},
    {"multipleOf", KeywordForm::kKept},
    {"minimum", KeywordForm::kKept},
    {"maximum", KeywordForm::kKept},
    {"exclusiveMinimum", KeywordForm::kKept},
    {"exclusiveMaximum", KeywordForm::kKept},
    {"minLength", KeywordForm::kKept},
    {"maxLength", KeywordForm::kKept},
    {"minItems", KeywordForm::kKept},
    {"maxItems", KeywordForm::kKept},
    {"uniqueItems", KeywordForm::kKept},
    {"minProperties", KeywordForm::kKept},
    {"maxProperties", KeywordForm::kKept},
    {"items", KeywordForm::kSchema},
    {"additionalProperties", KeywordForm::kSchema},
    {"propertyNames", KeywordForm::kSchema},
    {"contains", KeywordForm::kSchema},
    {"not", KeywordForm::kSchema},
    {"if", KeywordForm::kSchema},
    {"then", KeywordForm::kSchema},
    {"else", KeywordForm::kSchema},
    {"allOf", KeywordForm::kSchemas},
    {"anyOf", KeywordForm::kSchemas},
    {"oneOf", KeywordForm::kSchemas},
    {"properties", KeywordForm::kMembers},
    {"patternProperties", KeywordForm::kMembers},
    {"title", KeywordForm::kWords},
    {"description", KeywordForm::kWords},
    {"examples", KeywordForm::kWords},
    {"deprecated", KeywordForm::kWords},
    {"externalDocs", KeywordForm::kWords},
    {"xml", KeywordForm::kWords},
    {"nullable", KeywordForm::kWords},
    {"readOnly", KeywordForm::kWords},
    {"writeOnly", KeywordForm::kWords},
    {"discriminator", KeywordForm::kWords},
    {"$comment", KeywordForm::kWords},
    {"$schema", KeywordForm::kWords},
    {"$id", KeywordForm::kWords},
    {"$defs", KeywordForm::kWords},
};

}  // namespace

std::optional<KeywordForm> FormOfKeyword(std::string_view name) {
  const auto* const found =
      std::find_if(std::begin(kKnownKeywords), std::end(kKnownKeywords),
                   [name](const KnownKeyword& each) { return each.name == name; });
  if (found == std::end(kKnownKeywords)) return std::nullopt;
  return found->form;
}

}  // namespace conform
