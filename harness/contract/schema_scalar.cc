#include "contract/schema_scalar.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "contract/json_schema.h"
#include "contract/pattern_sample.h"

namespace conform {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kLongest = 10'000;

/// A text that keeps the schema's lengths.
std::string WithLength(std::string text, const Json& schema) {
  text.resize(std::max(text.size(), CountIn(schema, "minLength", 0, kLongest)), 'x');
  text.resize(std::min(text.size(), CountIn(schema, "maxLength", text.size(), kLongest)));
  return text;
}

/// Of the texts that a pattern makes the first that keeps all that is said of it, else `otherwise`.
Json OfPattern(const std::string& pattern, const Json& schema, const std::string& otherwise) {
  Json bounds = {{"pattern", pattern}};
  for (const char* name : {"format", "pattern", "minLength", "maxLength"}) {
    if (!SchemaMember(schema, name).is_null()) bounds[name] = schema[name];
  }
  const auto compiled = JsonSchema::Compile(bounds);
  if (!compiled || !(*compiled)->Validate(otherwise)) return otherwise;
  for (const std::size_t repeats : {std::size_t{1}, CountIn(schema, "minLength", 0, kLongest)}) {
    const auto text = SampleOfPattern(pattern, repeats);
    if (text && !(*compiled)->Validate(*text)) return *text;
  }
  return otherwise;
}

/// A whole number with room for a step up or down in 64 bits.
bool IsMovable(const Json& number) {
  constexpr double kMost = 4e18;
  return number.is_number_integer() && std::abs(number.get<double>()) < kMost;
}

/// The least multiple of `step` that is not below `number`.
Json MultipleOf(const Json& number, const Json& step) {
  if (step <= 0) return number;
  if (IsMovable(number) && IsMovable(step)) {
    const auto whole = number.get<std::int64_t>();
    const auto past = whole % step.get<std::int64_t>();
    return past > 0 ? whole - past + step.get<std::int64_t>() : whole - past;
  }
  constexpr double kRounding = 1e-9;
  const auto of = step.get<double>();
  const double multiple = std::ceil(number.get<double>() / of - kRounding) * of;
  return std::isfinite(multiple) ? Json(multiple) : number;
}

/// By one up or down; a whole number stays one.
Json Moved(const Json& number, int by) {
  if (IsMovable(number)) return number.get<std::int64_t>() + by;
  return number.is_number_integer() ? number : Json(number.get<double>() + by);
}

/// The least that keeps `exclusiveMinimum`, or is between it and an upper bound.
Json Above(const Json& bound, const Json& schema) {
  const Json next = Moved(bound, 1);
  for (const char* name : {"maximum", "exclusiveMaximum"}) {
    const Json& most = SchemaMember(schema, name);
    if (most.is_number() && !(next < most) && SchemaMember(schema, "type") != "integer")
      return (bound.get<double>() + most.get<double>()) / 2;
  }
  return next;
}

Json VariedNumber(const Json& value, const Json& schema, std::size_t number) {
  constexpr double kMost = 4e18;
  const Json& step = SchemaMember(schema, "multipleOf");
  const double by = static_cast<double>(number) * (step.is_number() ? step.get<double>() : 1);
  if (!value.is_number_integer()) return value.get<double>() + by;
  if (!IsMovable(value) || !(std::abs(by) < kMost)) return value;
  return value.get<std::int64_t>() + static_cast<std::int64_t>(by);
}

/// Behind it, or in place of its end where it has a form or may not be longer.
Json VariedText(std::string text, const Json& schema, std::size_t number) {
  const std::string digits = std::to_string(number);
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) { return c >= 0; });
  const std::size_t most = CountIn(schema, "maxLength", kLongest, kLongest);
  const bool fixed =
      !SchemaMember(schema, "format").is_null() || text.size() + digits.size() > most;
  if (fixed && plain && text.size() >= digits.size()) text.resize(text.size() - digits.size());
  return text + digits;
}

/// Whether the value is of a type that the schema names, or it names none.
bool IsValueOfType(const Json& value, const Json& schema) {
  const auto is = [&value](const Json& type) {
    if (type == "integer") return value.is_number_integer();
    if (type == "number") return value.is_number();
    return type == value.type_name();
  };
  const Json& type = SchemaMember(schema, "type");
  return type.is_array() ? std::any_of(type.begin(), type.end(), is) : type.is_null() || is(type);
}

/// What stands in both lists.
Json Shared(const Json& one, const Json& other) {
  Json shared = Json::array();
  std::copy_if(one.begin(), one.end(), std::back_inserter(shared), [&](const Json& each) {
    return std::find(other.begin(), other.end(), each) != other.end();
  });
  return shared;
}

}  // namespace

const Json& SchemaMember(const Json& schema, std::string_view name) {
  static const Json kNone;
  if (!schema.is_object()) return kNone;
  const auto found = schema.find(std::string(name));
  return found == schema.end() ? kNone : *found;
}

std::size_t CountIn(const Json& schema, const char* name, std::size_t otherwise, std::size_t most) {
  const Json& value = SchemaMember(schema, name);
  if (!value.is_number_integer() || value < 0) return otherwise;
  return static_cast<std::size_t>(std::min<std::uint64_t>(value.get<std::uint64_t>(), most));
}

std::optional<Json> AsType(const Json& value, const Json& schema) {
  if (IsValueOfType(value, schema)) return value;
  const bool text = IsValueOfType("", schema);
  if (text && !value.is_structured() && !value.is_null()) return Json(value.dump());
  if (!value.is_string()) return std::nullopt;
  Json read = Json::parse(value.get<std::string>(), nullptr, /*allow_exceptions=*/false);
  if (read.is_structured() || !IsValueOfType(read, schema)) return std::nullopt;
  return read;
}

Json SampleString(const Json& schema) {
  constexpr std::pair<std::string_view, std::string_view> kFormats[] = {
      {"date-time", "2026-01-15T09:30:00Z"},
      {"date", "2026-01-15"},
      {"time", "09:30:00Z"},
      {"uuid", "3fa85f64-5717-4562-b3fc-2c963f66afa6"},
      {"email", "someone@example.com"},
      {"uri", "https://example.com/"},
      {"ipv4", "192.0.2.1"},
      {"ipv6", "2001:db8::1"}};
  const Json& format = SchemaMember(schema, "format");
  const Json& pattern = SchemaMember(schema, "pattern");
  std::string text;
  for (const auto& [name, sample] : kFormats) {
    if (format == name) text = sample;
  }
  if (text.empty()) text = WithLength("text", schema);
  return pattern.is_string() ? OfPattern(pattern.get<std::string>(), schema, text) : Json(text);
}

Json SampleNumber(const Json& schema) {
  const auto bound = [&schema](const char* name) -> const Json& {
    return SchemaMember(schema, name);
  };
  Json number = 1;
  if (const Json& most = bound("maximum"); most.is_number() && most < number) number = most;
  if (const Json& below = bound("exclusiveMaximum"); below.is_number() && below <= number) {
    number = Moved(below, -1);
  }
  if (const Json& least = bound("minimum"); least.is_number()) number = least;
  if (const Json& above = bound("exclusiveMinimum"); above.is_number())
    number = Above(above, schema);
  const Json& step = bound("multipleOf");
  return step.is_number() ? MultipleOf(number, step) : number;
}

Json MergeBounds(const Json& schema) {
  Json merged = schema;
  merged.erase("allOf");
  for (const Json& part : schema["allOf"]) {
    if (!part.is_object()) continue;
    const Json whole = SchemaMember(part, "allOf").is_array() ? MergeBounds(part) : part;
    for (const auto& [name, value] : whole.items()) {
      Json& there = merged[name];
      if (name == "enum" && there.is_array() && value.is_array()) {
        there = Shared(there, value);
        continue;
      }
      const bool lower = name.starts_with("min") || name == "exclusiveMinimum";
      const bool upper = name.starts_with("max") || name == "exclusiveMaximum";
      const bool weaker = (lower && value < there) || (upper && there < value);
      if (there.is_null() || !weaker) there = value;
    }
  }
  return merged;
}

Json Varied(const Json& value, const Json& schema, std::size_t number) {
  const Json& choices = SchemaMember(schema, "enum");
  if (choices.is_array() && !choices.empty()) return choices[number % choices.size()];
  if (value.is_boolean()) return !value.get<bool>();
  if (value.is_number()) return VariedNumber(value, schema, number);
  if (value.is_string()) return VariedText(value.get<std::string>(), schema, number);
  if (!value.is_object()) return value;
  Json other = value;
  if (other.empty()) {
    other["member1"] = number;
  } else {
    const Json& members = SchemaMember(schema, "properties");
    other.front() = Varied(*value.begin(), SchemaMember(members, value.begin().key()), number);
  }
  return other;
}

}  // namespace conform
