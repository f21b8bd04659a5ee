#include "contract/schema_numbers.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

#include "contract/json_schema.h"

namespace conform {
namespace {

using nlohmann::json;

struct MultipleRow {
  const char* number;
  const char* of;
  bool is;
};
void PrintTo(const MultipleRow& row, std::ostream* out) { *out << row.number << " of " << row.of; }

class Multiple : public testing::TestWithParam<MultipleRow> {};

TEST_P(Multiple, IsToldByDigits) {
  const MultipleRow& row = GetParam();
  EXPECT_EQ(IsMultiple(json::parse(row.number), json::parse(row.of)), row.is);
  const auto schema = JsonSchema::Compile({{"multipleOf", json::parse(row.of)}});
  ASSERT_TRUE(schema);
  EXPECT_EQ(!(*schema)->Validate(json::parse(row.number)), row.is);
}

INSTANTIATE_TEST_SUITE_P(
    Numbers, Multiple,
    testing::Values(MultipleRow{"19.99", "0.01", true}, MultipleRow{"-19.99", "0.01", true},
                    MultipleRow{"19.995", "0.01", false}, MultipleRow{"0", "0.01", true},
                    MultipleRow{"1e20", "3", false}, MultipleRow{"3e20", "3", true},
                    MultipleRow{"1e-9", "1e-10", true}, MultipleRow{"7", "2", false},
                    MultipleRow{"18446744073709551615", "5", true},
                    MultipleRow{"0.30000000000000004", "0.1", false},
                    MultipleRow{"1e308", "0.5", true}));

TEST(JsonSchema, TakesNumbersByValue) {
  const auto holds = [](const char* schema, const char* value) {
    return !(*JsonSchema::Compile(json::parse(schema)))->Validate(json::parse(value));
  };
  EXPECT_TRUE(holds(R"({"type":"integer"})", "1.0"));
  EXPECT_TRUE(holds(R"({"items":{"type":"integer"}})", "[1, -2.0, 3e3]"));
  EXPECT_FALSE(holds(R"({"type":"integer"})", "1.5"));
  EXPECT_TRUE(holds(R"({"const":1})", "1.0"));
  EXPECT_TRUE(holds(R"({"enum":[2.0, "a"]})", "2"));
  EXPECT_TRUE(holds(R"({"type":"number","maximum":3.0})", "3"));
  EXPECT_FALSE(holds(R"({"properties":{"a":{"multipleOf":0.01}}})", R"({"a":0.005})"));
}

}  // namespace
}  // namespace conform
