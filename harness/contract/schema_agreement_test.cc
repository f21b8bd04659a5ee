// Our judge of JSON Schemas against another's, on schemas and values that look random.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <exception>
#include <functional>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "contract/json_schema.h"
#include "testing/steady_random.h"

#define VALIJSON_USE_EXCEPTIONS 1
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>
#pragma GCC diagnostic pop

namespace conform {
namespace {

using nlohmann::json;

/// Makes both. No `1.0`, which valijson takes for no integer; no `multipleOf`, which it judges of
/// 0.5 and of texts as of whole numbers; no `format`, which it leaves out.
class Maker {
 public:
  json Value(std::size_t depth) {
    const std::size_t kind = random_.Below(depth == 0 ? 4 : 7);
    if (kind == 0) return Pick<json>({nullptr, true, false});
    if (kind == 1) return Pick<json>({-2, -1, 0, 1, 2, 3, 6, 0.5, -1.5});
    if (kind <= 3) return Text();
    if (kind == 4) return List(depth, [this](std::size_t below) { return Value(below); });
    return Members(depth, [this](std::size_t below) { return Value(below); });
  }

  json Schema(std::size_t depth) {
    if (random_.Below(12) == 0) return random_.Below(3) > 0;
    json schema = json::object();
    for (std::size_t left = 1 + random_.Below(3); left > 0; --left) Add(depth, schema);
    return schema;
  }

  /// A schema of which some keyword, here or below, has an argument of any kind.
  json Spoilt(std::size_t depth) {
    json schema = Schema(depth);
    json* at = &schema;
    for (;;) {
      if (at->empty() || !at->is_structured()) break;
      auto member = at->begin();
      std::advance(member, random_.Below(at->size()));
      at = &*member;
      if (random_.Below(3) == 0) break;
    }
    *at = Value(2);
    return schema;
  }

 private:
  using Make = std::function<json(std::size_t below)>;

  template <typename T>
  T Pick(const std::vector<T>& from) {
    return from[random_.Below(from.size())];
  }

  std::string Text() {
    return Pick<std::string>({"", "a", "b", "ab", "aab", "1", "12", "ü", "üa"});
  }
  std::string Name() { return Pick<std::string>({"a", "b", "ab", "c"}); }
  json Count() { return random_.Below(4); }

  json List(std::size_t depth, const Make& make) {
    json list = json::array();
    for (std::size_t left = random_.Below(4); left > 0; --left) list.push_back(make(depth - 1));
    return list;
  }

  json Members(std::size_t depth, const Make& make) {
    json members = json::object();
    for (std::size_t left = random_.Below(4); left > 0; --left) members[Name()] = make(depth - 1);
    return members;
  }

  json Names() {
    json names = json::array({Name()});
    if (const std::string other = Name(); names[0] != other) names.push_back(other);
    return names;
  }

  json Schemas(std::size_t depth) {
    json schemas = json::array();
    for (std::size_t left = 1 + random_.Below(3); left > 0; --left) {
      schemas.push_back(Schema(depth - 1));
    }
    return schemas;
  }

  void Add(std::size_t depth, json& schema) {
    random_.Below(2) == 0 || depth == 0 ? AddPlain(schema) : AddNested(depth, schema);
  }

  void AddPlain(json& schema) {
    const std::string keyword = Pick<std::string>(
        {"type", "type", "enum", "const", "minimum", "maximum", "exclusiveMinimum",
         "exclusiveMaximum", "minLength", "maxLength", "pattern", "minItems", "maxItems",
         "uniqueItems", "required", "minProperties", "maxProperties"});
    if (keyword == "type") {
      schema[keyword] =
          Pick<json>({"null", "boolean", "integer", "number", "string", "array", "object",
                      json::array({"array", "object"}), json::array({"integer", "string"})});
    } else if (keyword == "enum") {
      schema[keyword] = json::array({Value(1), "a", 1});
    } else if (keyword == "const") {
      schema[keyword] = Value(2);
    } else if (keyword == "pattern") {
      schema[keyword] = Pick<std::string>({"^a", "b$", "[0-9]", "^a*b?$", "ü"});
    } else if (keyword == "uniqueItems") {
      schema[keyword] = random_.Below(4) > 0;
    } else if (keyword == "required") {
      schema[keyword] = Names();
    } else {
      schema[keyword] = Count();
    }
  }

  void AddNested(std::size_t depth, json& schema) {
    const Make make = [this](std::size_t below) { return Schema(below); };
    const std::string keyword = Pick<std::string>(
        {"items", "items", "items", "additionalItems", "contains", "properties", "properties",
         "patternProperties", "additionalProperties", "propertyNames", "dependencies", "allOf",
         "anyOf", "oneOf", "not", "if"});
    if (keyword == "items" && random_.Below(2) == 0) {
      schema[keyword] = Schemas(depth);
    } else if (keyword == "properties") {
      schema[keyword] = Members(depth, make);
    } else if (keyword == "patternProperties") {
      schema[keyword] = {{Pick<std::string>({"^a", "b", "^c$"}), Schema(depth - 1)}};
    } else if (keyword == "dependencies") {
      schema[keyword] = {{Name(), random_.Below(2) == 0 ? Names() : Schema(depth - 1)}};
    } else if (keyword == "allOf" || keyword == "anyOf" || keyword == "oneOf") {
      schema[keyword] = Schemas(depth);
    } else if (keyword == "if") {
      schema[keyword] = Schema(depth - 1);
      if (random_.Below(3) > 0) schema["then"] = Schema(depth - 1);
      if (random_.Below(3) > 0) schema["else"] = Schema(depth - 1);
    } else {
      schema[keyword] = Schema(depth - 1);
    }
  }

  SteadyRandom random_;
};

void ParseByValijson(const json& schema, valijson::Schema& parsed) {
  valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
  parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(schema), parsed);
}

bool KeepsByValijson(const json& schema, const json& value) {
  valijson::Schema parsed;
  ParseByValijson(schema, parsed);
  valijson::Validator validator;
  return validator.validate(parsed, valijson::adapters::NlohmannJsonAdapter(value), nullptr);
}

TEST(SchemaAgreement, AnothersJudgeSaysTheSame) {
  constexpr int kSchemas = 4000;
  constexpr int kValues = 12;
  constexpr std::size_t kDepth = 3;
  Maker maker;
  int kept = 0;
  int broken = 0;
  for (int i = 0; i < kSchemas; ++i) {
    const json schema = maker.Schema(kDepth);
    const auto ours = JsonSchema::Compile(schema);
    ASSERT_TRUE(ours) << schema << ": " << ours.error().message;
    for (int j = 0; j < kValues; ++j) {
      const json value = maker.Value(kDepth);
      const bool keeps = !(*ours)->Validate(value).has_value();
      ++(keeps ? kept : broken);
      ASSERT_EQ(keeps, KeepsByValijson(schema, value)) << schema << "\n" << value;
    }
  }
  // Neither says the same to everything.
  EXPECT_GT(kept, kSchemas * kValues / 5);
  EXPECT_GT(broken, kSchemas * kValues / 5);
}

TEST(SchemaAgreement, WhatAnotherTakesForNoSchemaIsNone) {
  constexpr int kSchemas = 8000;
  constexpr std::size_t kDepth = 3;
  Maker maker;
  int refused = 0;
  for (int i = 0; i < kSchemas; ++i) {
    const json schema = maker.Spoilt(kDepth);
    try {
      valijson::Schema parsed;
      ParseByValijson(schema, parsed);
    } catch (const std::exception& error) {
      ++refused;
      EXPECT_FALSE(JsonSchema::Compile(schema)) << schema << ": " << error.what();
    }
  }
  EXPECT_GT(refused, kSchemas / 5);
}

}  // namespace
}  // namespace conform
