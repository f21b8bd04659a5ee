#include "contract/schema_assertion.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/count_text.h"
#include "base/json_order.h"
#include "base/json_text.h"
#include "base/utf8.h"
#include "contract/schema_format.h"
#include "contract/schema_numbers.h"

namespace conform {
namespace {

using nlohmann::json;

struct Type {
  std::string_view name;
  bool (*has)(const json& value);
};

constexpr std::array<Type, 7> kTypes = {{
    {"array", [](const json& value) { return value.is_array(); }},
    {"boolean", [](const json& value) { return value.is_boolean(); }},
    {"integer", IsWholeNumber},
    {"null", [](const json& value) { return value.is_null(); }},
    {"number", [](const json& value) { return value.is_number(); }},
    {"object", [](const json& value) { return value.is_object(); }},
    {"string", [](const json& value) { return value.is_string(); }},
}};

const Type* FindType(std::string_view name) {
  const auto* const found = std::find_if(kTypes.begin(), kTypes.end(),
                                         [name](const Type& each) { return each.name == name; });
  return found == kTypes.end() ? nullptr : found;
}

bool IsOfType(const std::string& name, const json& value) {
  const Type* const type = FindType(name);
  return type == nullptr || type->has(value);
}

bool KeepsType(const json& types, const json& value) {
  if (types.is_string()) return IsOfType(types.get_ref<const std::string&>(), value);
  return std::any_of(types.begin(), types.end(), [&](const json& type) {
    return IsOfType(type.get_ref<const std::string&>(), value);
  });
}

std::string AskType(const json& types) {
  if (types.is_string()) return "type " + types.get<std::string>();
  std::string text;
  for (const json& type : types)
    text += (text.empty() ? "type " : " or ") + type.get<std::string>();
  return text;
}

/// Says something of numbers alone: Holds is asked for how the value lies to the argument.
template <bool (*Holds)(int)>
bool KeepsBound(const json& bound, const json& value) {
  return !value.is_number() || Holds(OrderJson(value, bound));
}

constexpr bool IsAtMost(int order) { return order <= 0; }
constexpr bool IsAtLeast(int order) { return order >= 0; }
constexpr bool IsBelow(int order) { return order < 0; }
constexpr bool IsAbove(int order) { return order > 0; }

bool KeepsMultiple(const json& of, const json& value) {
  return !value.is_number() || IsMultiple(value, of);
}

/// What of a value is counted; nothing of any other kind is.
enum class Counted { kCharacters, kItems, kMembers };

template <Counted counted, bool (*Holds)(int)>
bool KeepsCount(const json& bound, const json& value) {
  if (counted == Counted::kCharacters) {
    return !value.is_string() ||
           Holds(OrderJson(CountCharacters(value.get_ref<const std::string&>()), bound));
  }
  if (counted == Counted::kItems ? !value.is_array() : !value.is_object()) return true;
  return Holds(OrderJson(value.size(), bound));
}

template <Counted counted>
std::string CountText(const json& bound) {
  constexpr std::array<std::string_view, 3> kNouns = {"character", "item", "member"};
  return CountOf(bound.get<std::size_t>(), kNouns[static_cast<std::size_t>(counted)]);
}

template <Counted counted>
std::string AskMost(const json& bound) {
  return "at most " + CountText<counted>(bound);
}

template <Counted counted>
std::string AskLeast(const json& bound) {
  return "at least " + CountText<counted>(bound);
}

bool KeepsFormatOf(const json& format, const json& value) {
  return !format.is_string() || KeepsFormat(format.get_ref<const std::string&>(), value);
}

constexpr std::array kAssertions = {
    SchemaAssertion{"const", EqualJson, ShowArgument},
    SchemaAssertion{"exclusiveMaximum", KeepsBound<IsBelow>,
                    [](const json& bound) { return "less than " + bound.dump(); }},
    SchemaAssertion{"exclusiveMinimum", KeepsBound<IsAbove>,
                    [](const json& bound) { return "more than " + bound.dump(); }},
    SchemaAssertion{"format", KeepsFormatOf,
                    [](const json& format) { return "format " + format.get<std::string>(); }},
    SchemaAssertion{"maxItems", KeepsCount<Counted::kItems, IsAtMost>, AskMost<Counted::kItems>},
    SchemaAssertion{"maxLength", KeepsCount<Counted::kCharacters, IsAtMost>,
                    AskMost<Counted::kCharacters>},
    SchemaAssertion{"maxProperties", KeepsCount<Counted::kMembers, IsAtMost>,
                    AskMost<Counted::kMembers>},
    SchemaAssertion{"maximum", KeepsBound<IsAtMost>,
                    [](const json& bound) { return "at most " + bound.dump(); }},
    SchemaAssertion{"minItems", KeepsCount<Counted::kItems, IsAtLeast>, AskLeast<Counted::kItems>},
    SchemaAssertion{"minLength", KeepsCount<Counted::kCharacters, IsAtLeast>,
                    AskLeast<Counted::kCharacters>},
    SchemaAssertion{"minProperties", KeepsCount<Counted::kMembers, IsAtLeast>,
                    AskLeast<Counted::kMembers>},
    SchemaAssertion{"minimum", KeepsBound<IsAtLeast>,
                    [](const json& bound) { return "at least " + bound.dump(); }},
    SchemaAssertion{"multipleOf", KeepsMultiple,
                    [](const json& of) { return "a multiple of " + of.dump(); }},
    SchemaAssertion{"type", KeepsType, AskType},
};

}  // namespace

bool IsSchemaType(std::string_view name) { return FindType(name) != nullptr; }

std::string ShowArgument(const json& value) { return ShowLine(WriteJsonText(value), 80); }

const SchemaAssertion* FindAssertion(std::string_view keyword) {
  const auto* const found = std::lower_bound(
      kAssertions.begin(), kAssertions.end(), keyword,
      [](const SchemaAssertion& each, std::string_view name) { return each.keyword < name; });
  return found != kAssertions.end() && found->keyword == keyword ? &*found : nullptr;
}

}  // namespace conform
