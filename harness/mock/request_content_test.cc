#include "mock/request_content.h"

#include <gtest/gtest.h>

#include "mock/sample_contracts.h"

namespace conform {
namespace {

struct MissingRow {
  const char* name;
  std::vector<int> promised;
  int content;    ///< status where the content is missing.
  int condition;  ///< status where If-Match is.
};

class RequestContentMissing : public testing::TestWithParam<MissingRow> {};

TEST_P(RequestContentMissing, IsRefusedAsPromised) {
  Contract contract = SampleUpdate();
  contract.parameters = {{"If-Match", Parameter::In::kHeader, true, {}}};
  for (const int status : GetParam().promised) {
    ResponseRule& rule = contract.responses.emplace_back();
    rule.status = status;
    rule.when.kind = Condition::Kind::kStated;
  }
  EXPECT_EQ(CheckContent(contract, {})->status, GetParam().content);
  EXPECT_EQ(CheckParameters(contract, {})->status, GetParam().condition);
}

INSTANTIATE_TEST_SUITE_P(Table, RequestContentMissing,
                         testing::Values(MissingRow{"NothingPromised", {}, 400, 400},
                                         MissingRow{"Promised422", {422}, 422, 422},
                                         MissingRow{"Promised400And422", {400, 422}, 400, 400},
                                         MissingRow{"Promised428", {428}, 400, 428},
                                         MissingRow{"Promised422And428", {422, 428}, 422, 428}),
                         [](const testing::TestParamInfo<MissingRow>& row) {
                           return row.param.name;
                         });

// A contract that keeps no state, and documents the tag that is current.
TEST(CheckParameters, ReadAllOfIfMatch) {
  Contract contract = SampleUpdate();
  contract.parameters = {{"If-Match", Parameter::In::kHeader, false, {{"example", "\"now\""}}}};
  contract.responses.emplace_back().status = 412;
  const auto holds = [&](const Fields& fields) {
    MockRequest request;
    request.fields = fields;
    return !CheckParameters(contract, request).has_value();
  };
  EXPECT_TRUE(holds({}));
  EXPECT_TRUE(holds({{"If-Match", "*"}}));
  EXPECT_TRUE(holds({{"If-Match", "\"then\", \"now\""}}));
  EXPECT_TRUE(holds({{"If-Match", "\"then\""}, {"if-match", "\"now\""}}));
  EXPECT_FALSE(holds({{"If-Match", "\"then\""}}));
  EXPECT_FALSE(holds({{"If-Match", "\"then,\"now\""}}));
}

}  // namespace
}  // namespace conform
