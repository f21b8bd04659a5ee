#include "contract/json_schema.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "base/json_pointer.h"
#include "contract/pattern.h"
#include "contract/schema_keywords.h"
#include "contract/schema_numbers.h"

// Without it valijson ends the program where a schema is none.
#define VALIJSON_USE_EXCEPTIONS 1
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>
#pragma GCC diagnostic pop

namespace conform {
namespace {

using nlohmann::json;

Expected<std::unique_ptr<valijson::Schema>> Parse(const json& schema) {
  auto parsed = std::make_unique<valijson::Schema>();
  try {
    valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
    parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(schema), *parsed);
  } catch (const std::exception& error) {
    return Fail(fmt::format("the schema is none: {}", error.what()));
  }
  return parsed;
}

/// What of a value a schema's patterns and `multipleOf` can be held against.
struct Leaves {
  std::set<std::string> texts;  ///< every text and every member's name.
  std::set<json> numbers;

  explicit Leaves(const json& value) { Collect(value); }

 private:
  void Collect(const json& value) {
    if (value.is_string()) texts.insert(value.get<std::string>());
    if (value.is_number()) numbers.insert(value);
    if (value.is_object()) {
      for (const auto& [name, inner] : value.items()) texts.insert(name);
    }
    if (!value.is_structured()) return;
    for (const json& inner : value) Collect(inner);
  }
};

/// `["<root>"]["a"][3]`, as valijson tells a place, as `/a/3`.
std::string PointerOf(const std::vector<std::string>& context) {
  std::string pointer;
  for (const std::string& part : context) {
    if (part == "<root>" || part.size() < 2) continue;
    std::string name = part.substr(1, part.size() - 2);
    if (name.size() >= 2 && name.front() == '"') name = name.substr(1, name.size() - 2);
    pointer += '/' + EscapePointerName(name);
  }
  return pointer;
}

/// The first told lies deepest; what is told of the places above it follows from it.
SchemaBreach FirstOf(valijson::ValidationResults& results) {
  SchemaBreach breach{"", "breaks the schema", 0};
  std::vector<std::string> places;
  for (valijson::ValidationResults::Error error; results.popError(error);) {
    std::string place = PointerOf(error.context);
    const bool follows = std::any_of(places.begin(), places.end(), [&](const auto& each) {
      return each == place || each.starts_with(place + '/');
    });
    if (follows) continue;
    if (places.empty()) {
      breach = {place, error.description, 0};
    } else {
      ++breach.more;
    }
    places.push_back(std::move(place));
  }
  return breach;
}

}  // namespace

struct JsonSchema::Parts {
  json schema;
  std::map<std::string, std::unique_ptr<re2::RE2>> patterns;
  bool has_multiples = false;                ///< `multipleOf` somewhere.
  std::unique_ptr<valijson::Schema> parsed;  ///< null where there are patterns or multiples.

  Expected<bool> AddPattern(const std::string& pattern) {
    if (patterns.count(pattern) > 0) return true;
    auto compiled = std::make_unique<re2::RE2>(pattern, PatternOptions());
    if (!compiled->ok()) {
      return Fail(fmt::format("the pattern '{}' of the schema is no regular expression: {}",
                              pattern, compiled->error()));
    }
    patterns.emplace(pattern, std::move(compiled));
    return true;
  }

  bool Matches(const std::string& pattern, const std::string& text) const {
    return re2::RE2::PartialMatch(text, *patterns.at(pattern));
  }

  /// The same promise about a value with these leaves, without a pattern: std::regex, which
  /// valijson would use, takes a stack frame a character and can need exponential time. And without
  /// `multipleOf`, of which valijson's remainder of two doubles makes mistakes.
  json For(const Leaves& leaves) const;
};

namespace {

void RequireAlso(json& schema, json also) {
  json& all = schema["allOf"];
  if (!all.is_array()) all = json::array();
  all.push_back(std::move(also));
}

}  // namespace

json JsonSchema::Parts::For(const Leaves& leaves) const {
  const std::set<std::string>& texts = leaves.texts;
  json plain = schema;
  VisitSchemas(plain, [&](json& each) {
    const auto pattern = each.find("pattern");
    if (pattern != each.end() && pattern->is_string()) {
      json unmatched = json::array();
      for (const std::string& text : texts) {
        if (!Matches(pattern->get<std::string>(), text)) unmatched.push_back(text);
      }
      each.erase("pattern");
      if (!unmatched.empty()) RequireAlso(each, {{"not", {{"enum", std::move(unmatched)}}}});
    }
    if (const auto of = each.find("multipleOf"); of != each.end() && of->is_number()) {
      json others = json::array();
      for (const json& number : leaves.numbers) {
        if (!IsMultiple(number, *of)) others.push_back(number);
      }
      each.erase("multipleOf");
      if (!others.empty()) RequireAlso(each, {{"not", {{"enum", std::move(others)}}}});
    }
    const auto members = each.find("patternProperties");
    if (members == each.end()) return;
    const json by_pattern = *members;
    each.erase("patternProperties");
    for (const std::string& text : texts) {
      json all = json::array();
      for (const auto& [name, inner] : by_pattern.items()) {
        if (Matches(name, text)) all.push_back(inner);
      }
      if (all.empty()) continue;
      json& property = each["properties"][text];
      if (!property.is_null()) all.push_back(property);
      property = {{"allOf", std::move(all)}};
    }
  });
  return plain;
}

JsonSchema::JsonSchema(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
JsonSchema::~JsonSchema() = default;

Expected<std::shared_ptr<const JsonSchema>> JsonSchema::Compile(json schema) {
  if (!schema.is_object() && !schema.is_boolean()) {
    return Fail("the schema is none: it must be a mapping");
  }
  auto parts = std::make_unique<Parts>();
  WriteWholeNumbers(schema);
  if (const auto gathered = GatherReferred(schema); !gathered)
    return Fail(gathered.error().message);
  if (const auto checked = CheckReferences(schema); !checked) return Fail(checked.error().message);
  Expected<bool> known = true;
  VisitSchemas(schema, [&](json& each) {
    const auto format = each.find("format");
    if (format != each.end() && format->is_string()) {
      const std::string pattern = PatternOfFormat(format->get<std::string>());
      each.erase("format");
      if (!pattern.empty()) RequireAlso(each, {{"pattern", pattern}});
    }
    parts->has_multiples = parts->has_multiples || each.contains("multipleOf");
    const auto pattern = each.find("pattern");
    if (known && pattern != each.end() && pattern->is_string()) {
      known = parts->AddPattern(pattern->get<std::string>());
    }
    const auto members = each.find("patternProperties");
    if (members == each.end() || !members->is_object()) return;
    for (const auto& [name, unused] : members->items()) {
      if (known) known = parts->AddPattern(name);
    }
  });
  if (!known) return Fail(known.error().message);
  auto parsed = Parse(schema);
  if (!parsed) return Fail(parsed.error().message);
  parts->schema = std::move(schema);
  if (parts->patterns.empty() && !parts->has_multiples) parts->parsed = std::move(*parsed);
  return std::shared_ptr<const JsonSchema>(new JsonSchema(std::move(parts)));
}

std::optional<SchemaBreach> JsonSchema::Validate(const json& value) const {
  if (HoldsWholeFloats(value)) {
    json whole = value;
    WriteWholeNumbers(whole);
    return Validate(whole);
  }
  std::unique_ptr<valijson::Schema> made;
  const valijson::Schema* schema = parts_->parsed.get();
  if (schema == nullptr) {
    auto parsed = Parse(parts_->For(Leaves(value)));
    if (!parsed) return SchemaBreach{"", parsed.error().message, 0};
    made = std::move(*parsed);
    schema = made.get();
  }
  valijson::ValidationResults results;
  try {
    valijson::Validator validator;
    if (validator.validate(*schema, valijson::adapters::NlohmannJsonAdapter(value), &results)) {
      return std::nullopt;
    }
  } catch (const std::exception& error) {
    return SchemaBreach{"", fmt::format("cannot be held against the schema: {}", error.what()), 0};
  }
  return FirstOf(results);
}

}  // namespace conform
