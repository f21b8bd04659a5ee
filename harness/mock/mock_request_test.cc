#include "mock/mock_request.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

struct TargetRow {
  const char* name;
  const char* target;
  const char* path;
  const char* query;
};

class ReadTargetReads : public testing::TestWithParam<TargetRow> {};

TEST_P(ReadTargetReads, PathAndQuery) {
  MockRequest request;
  ReadTarget(GetParam().target, request);
  EXPECT_EQ(request.path, GetParam().path);
  EXPECT_EQ(request.query, GetParam().query);
}

INSTANTIATE_TEST_SUITE_P(
    Table, ReadTargetReads,
    testing::Values(TargetRow{"Origin", "/beta/things", "/beta/things", ""},
                    TargetRow{"Query", "/beta/things?a=1&b", "/beta/things", "a=1&b"},
                    TargetRow{"MarkInQuery", "/beta?a=b?c", "/beta", "a=b?c"},
                    TargetRow{"EncodingStays", "/a%2Fb", "/a%2Fb", ""},
                    TargetRow{"Absolute", "http://host:1/beta?x", "/beta", "x"},
                    TargetRow{"AbsoluteWithoutPath", "http://host", "/", ""},
                    TargetRow{"AbsoluteQueryAlone", "http://host?x", "", "x"},
                    TargetRow{"Asterisk", "*", "*", ""},
                    TargetRow{"Authority", "host:443", "host:443", ""}),
    [](const testing::TestParamInfo<TargetRow>& row) { return row.param.name; });

TEST(HasQueryParameter, DecodesNames) {
  EXPECT_TRUE(HasQueryParameter("$top=1&%24filter=x", "$filter"));
  EXPECT_TRUE(HasQueryParameter("a&b", "b"));
  EXPECT_FALSE(HasQueryParameter("ab=1", "a"));
  EXPECT_FALSE(HasQueryParameter("", "a"));
}

TEST(IsKnownMethod, IsCaseSensitive) {
  EXPECT_TRUE(IsKnownMethod("PATCH"));
  EXPECT_FALSE(IsKnownMethod("patch"));
  EXPECT_FALSE(IsKnownMethod("PROPFIND"));
}

}  // namespace
}  // namespace conform
