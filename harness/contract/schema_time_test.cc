// What judging by a schema costs.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "contract/json_schema.h"

namespace conform {
namespace {

using nlohmann::json;

TEST(JsonSchema, IsRefusedWhereItUnfoldsToMoreThanThereIsTimeFor) {
  json schema = {{"definitions", {{"a0", {{"type", "integer"}}}}}};
  for (int level = 1; level < 40; ++level) {
    const json below = {{"$ref", "#/definitions/a" + std::to_string(level - 1)}};
    schema["definitions"]["a" + std::to_string(level)] = {{"allOf", {below, below}}};
  }
  const auto compiled = JsonSchema::Compile(schema);
  EXPECT_EQ(compiled ? "" : compiled.error().message,
            "the schema unfolds to more than 10000 schemas of one value");
}

/// Each of these took seconds where a value was held against all others, or against what was told.
TEST(JsonSchema, TakesTimeByTheSizeOfAnAnswer) {
  constexpr int kItems = 300'000;
  const auto validate = [](const char* schema, const json& value) {
    return (*JsonSchema::Compile(json::parse(schema)))->Validate(value);
  };
  json wrong = json::array();
  json apart = json::array();
  json texts = json::array();
  for (int i = 0; i < kItems; ++i) {
    wrong.push_back(json::array());
    apart.push_back({{"id", i}});
    texts.push_back("y" + std::to_string(i));
  }
  const auto breach = validate(R"({"items":{"type":"object"}})", wrong);
  ASSERT_TRUE(breach);
  EXPECT_EQ(breach->pointer, "/0");
  EXPECT_EQ(breach->more, 100u);
  EXPECT_FALSE(breach->counted);
  EXPECT_FALSE(validate(R"({"uniqueItems":true})", apart));
  EXPECT_EQ(validate(R"({"items":{"pattern":"^x"}})", texts)->message, "a match of '^x'");
  const auto among = JsonSchema::Compile({{"items", {{"enum", texts}}}});
  EXPECT_FALSE((*among)->Validate(texts));
  texts.push_back("z");
  EXPECT_EQ((*among)->Validate(texts)->pointer, "/300000");
}

/// `{child: {child: … }, kind: …}`: that it is of the last of two kinds is only seen once one has
/// been all the way down.
TEST(JsonSchema, TakesTimeByTheDepthOfAnAnswerAlsoWhereSchemasGoDownSideBySide) {
  const auto branch = [](const char* kind) {
    return json{{"properties", {{"child", {{"$ref", "#"}}}, {"kind", {{"const", kind}}}}}};
  };
  json value = {{"kind", "b"}};
  json broken = {{"kind", "c"}};
  for (int depth = 0; depth < 190; ++depth) {
    value = {{"child", std::move(value)}, {"kind", "b"}};
    broken = {{"child", std::move(broken)}, {"kind", "b"}};
  }
  for (const char* keyword : {"oneOf", "anyOf"}) {
    const auto schema = JsonSchema::Compile({{keyword, {branch("a"), branch("b")}}});
    ASSERT_TRUE(schema) << schema.error().message;
    EXPECT_FALSE((*schema)->Validate(value)) << keyword;
    const SchemaBreaches found = (*schema)->Judge(broken);
    EXPECT_EQ(found.unjudged, "") << keyword;
    EXPECT_FALSE(found.kinds.empty()) << keyword;
  }
}

TEST(JsonSchema, TakesTimeByTheDepthOfAnAnswerAlsoWhereAllOfThemGoDown) {
  const json down = {{"properties", {{"c", {{"$ref", "#"}}}}}};
  const auto schema = JsonSchema::Compile({{"allOf", {down, down, {{"type", "object"}}}}});
  ASSERT_TRUE(schema) << schema.error().message;
  json value = json::object();
  for (int depth = 0; depth < 190; ++depth) value = {{"c", std::move(value)}};
  EXPECT_FALSE((*schema)->Validate(value));
}

/// A part for each level that no memory is kept of: it is only counted how far it goes.
TEST(JsonSchema, IsGivenUpWhereItTakesTooLong) {
  json schema = {{"definitions", {{"a0", {{"type", "integer"}}}}}};
  for (int level = 1; level < 12; ++level) {
    const json below = {{"$ref", "#/definitions/a" + std::to_string(level - 1)}};
    schema["definitions"]["a" + std::to_string(level)] = {{"allOf", {below, below}}};
  }
  schema["items"] = {{"$ref", "#/definitions/a11"}};
  const auto compiled = JsonSchema::Compile(schema);
  ASSERT_TRUE(compiled) << compiled.error().message;
  EXPECT_FALSE((*compiled)->Validate(json(std::vector<int>(1'000, 1))));
  EXPECT_NE((*compiled)->Judge(json(std::vector<int>(100'000, 1))).unjudged, "");
  // What one keyword compares counts, too.
  json patterns = json::object();
  json members = json::object();
  for (int i = 0; i < 5'000; ++i) {
    patterns["^" + std::to_string(i) + "x"] = true;
    members[std::to_string(i)] = 1;
  }
  for (const json& of : {json{{"patternProperties", patterns}},
                         json{{"patternProperties", patterns}, {"additionalProperties", false}}}) {
    EXPECT_NE((*JsonSchema::Compile(of))->Judge(members).unjudged, "");
  }
}

/// What breaks in the last of many items that break alike is told, too.
TEST(JsonSchema, TellsEachKindOfBreachHoweverOftenOthersCome) {
  const auto schema = JsonSchema::Compile(
      json::parse(R"({"items":{"required":["k"],"properties":{"id":{"type":"string"}}}})"));
  ASSERT_TRUE(schema) << schema.error().message;
  json items(100'000, {{"id", 1}, {"k", 0}});
  items.push_back({{"id", 1}});
  const SchemaBreaches found = (*schema)->Judge(items);
  ASSERT_EQ(found.kinds.size(), 2U);
  EXPECT_EQ(found.kinds[0].pointer, "/0/id");
  EXPECT_FALSE(found.kinds[0].counted);
  EXPECT_EQ(found.kinds[1].pointer, "/100000/k");
  json members = json::object();
  for (int i = 0; i < 30; ++i) members["m" + std::to_string(i)] = 1;
  const auto texts = JsonSchema::Compile(json::parse(R"({"additionalProperties":false})"));
  const SchemaBreaches many = (*texts)->Judge(members);
  EXPECT_EQ(many.kinds.size(), 20U);
  EXPECT_FALSE(many.all);
}

TEST(JsonSchema, DoesNotRunAwayOnAHostileText) {
  const auto schema = JsonSchema::Compile(json::parse(R"({"pattern":"^(a+)+$"})"));
  ASSERT_TRUE(schema.has_value());
  EXPECT_TRUE((*schema)->Validate(json(std::string(1'000'000, 'a') + "b")).has_value());
  EXPECT_FALSE((*schema)->Validate(json(std::string(1'000'000, 'a'))).has_value());
}

}  // namespace
}  // namespace conform
