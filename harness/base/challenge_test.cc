#include "base/challenge.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

namespace conform {
namespace {

struct ChallengeRow {
  std::string name;
  std::string value;
  std::string schemes;
};

class ChallengesOf : public testing::TestWithParam<ChallengeRow> {};

TEST_P(ChallengesOf, Value) {
  Fields fields = {{"Server", "Digest"}};
  for (std::string_view rest = GetParam().value; !rest.empty();) {  // a line each
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    fields.push_back({"www-authenticate", std::string(rest.substr(0, end))});
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  EXPECT_EQ(fmt::format("{}", fmt::join(ChallengeSchemes(fields, "WWW-Authenticate"), " ")),
            GetParam().schemes);
}

INSTANTIATE_TEST_SUITE_P(
    Table, ChallengesOf,
    testing::Values(
        ChallengeRow{"Nothing", "", ""}, ChallengeRow{"CommasAlone", " , ,", ""},
        ChallengeRow{"ASchemeAlone", "Negotiate", "Negotiate"},
        ChallengeRow{"OneOfSeveralParameters", R"(Bearer realm="", error="x", scope=a)", "Bearer"},
        ChallengeRow{"ASchemeBeforeAnother", R"(Negotiate, Bearer realm="", uri="https://x")",
                     "Negotiate Bearer"},
        ChallengeRow{"ParametersBeforeAnother", R"(Basic realm="x", Bearer)", "Basic Bearer"},
        ChallengeRow{"ACommaWithinAText", R"(Basic realm="a, Bearer b")", "Basic"},
        ChallengeRow{"AQuoteWithinAText", R"(Basic realm="a\", Bearer b", Digest a=b)",
                     "Basic Digest"},
        ChallengeRow{"ATextThatDoesNotEnd", R"(Basic realm="a, Bearer b)", "Basic"},
        ChallengeRow{"ATextThatEndsWithABackslash", "Basic realm=\"a\\", "Basic"},
        ChallengeRow{"ATextThatDoesNotEndInItsLine", "Basic realm=\"a\nBearer realm=\"\"",
                     "Basic Bearer"},
        ChallengeRow{"AToken68", "Negotiate YWJj==, Bearer", "Negotiate Bearer"},
        ChallengeRow{"SpaceAroundTheEquals", R"(Bearer realm = "a", scope = b)", "Bearer"},
        ChallengeRow{"ATab", "Bearer\trealm=\"\"", "Bearer"},
        ChallengeRow{"EmptyElements", ", Basic ,, Bearer", "Basic Bearer"},
        ChallengeRow{"NoToken", R"("Bearer" x, Basic)", "Basic"}),
    [](const testing::TestParamInfo<ChallengeRow>& row) { return row.param.name; });

}  // namespace
}  // namespace conform
