#include "case/unfilled_parameter.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace conform {
namespace {

struct SentPath {
  const char* name;
  const char* path;
  const char* told;  ///< `WRITTEN for NAME`; empty: nothing is unfilled.
};

class UnfilledParameterOf : public testing::TestWithParam<SentPath> {};

TEST_P(UnfilledParameterOf, IsANameWhereTheContractHasAParameter) {
  Contract contract;
  contract.server = "https://api.example.test/v1";
  contract.paths = {"/items/{item-id}", "/items('{key}')/parts/{part}", "/{a}.{b}/x"};
  const auto found = FindUnfilledParameter(contract, GetParam().path);
  EXPECT_EQ(found ? fmt::format("{} for {}", found->written, found->name) : "", GetParam().told);
}

INSTANTIATE_TEST_SUITE_P(
    Paths, UnfilledParameterOf,
    testing::Values(SentPath{"AsTheContractHasIt", "/v1/items/{item-id}", "{item-id} for item-id"},
                    SentPath{"OfAnotherName", "/v1/items/{itemId}", "{itemId} for item-id"},
                    SentPath{"AsInPostman", "/v1/items/{{ id }}", "{{ id }} for item-id"},
                    SentPath{"AsInExpress", "/v1/items/:id", ":id for item-id"},
                    SentPath{"InAPartOfASegment", "/v1/items('{key}')/parts/7", "{key} for key"},
                    SentPath{"TheSecond", "/v1/items('7')/parts/:part", ":part for part"},
                    SentPath{"AValue", "/v1/items/7", ""},
                    SentPath{"APlaceholder", "/v1/items/${capture.id}", ""},
                    SentPath{"AnIdInBraces", "/v1/items/{0f8fad5b-d9cb-469f-a165-70867728950e}",
                             ""},
                    SentPath{"ATime", "/v1/items/:30", ""}, SentPath{"Nothing", "/v1/items/{}", ""},
                    SentPath{"AColonAlone", "/v1/items/:", ""},
                    SentPath{"TwoInOneSegment", "/v1/{a}.{b}/x", ""},
                    SentPath{"WhereNoParameterStands", "/v1/{items}/7", ""},
                    SentPath{"OfAnotherServer", "/v2/items/{item-id}", ""}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace conform
