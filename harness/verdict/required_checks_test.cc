#include "verdict/required_checks.h"

#include <gtest/gtest.h>

#include <ostream>

#include "contract/protocol_loader.h"
#include "verdict/sample_judging.h"

namespace conform {
namespace {

TEST(RequireChecks, TellsAClauseWhoseCheckDoesNotExist) {
  const SampleBench bench(kDocumented);
  CheckTable checks = StandardChecks();
  Diagnostics diagnostics;
  RequireChecks(bench.catalog(), checks, diagnostics);
  EXPECT_EQ(diagnostics.RenderAll(), "");
  checks.protocol = {{"header_present", checks.protocol.at("header_present")}};
  RequireChecks(bench.catalog(), checks, diagnostics);
  EXPECT_EQ(diagnostics.RenderAll(),
            "http.yaml:10:9: error: clause 'http.wire' names no check: 'not_observed'\n"
            " 10 |   - id: http.wire\n"
            "    |         ^^^^^^^^^\n"
            "      there is header_present\n");
}

struct ArgumentsRow {
  const char* name;
  const char* check;  // and what stands beside it
  const char* told;   // without place and excerpt
};
void PrintTo(const ArgumentsRow& row, std::ostream* out) { *out << row.name; }

class RequireChecksOf : public testing::TestWithParam<ArgumentsRow> {};

TEST_P(RequireChecksOf, HoldsArgumentsAgainstWhatTheCheckTakes) {
  Diagnostics diagnostics;
  const auto source = std::make_shared<SourceText>(
      "x.yaml", std::string("set: x\nclauses:\n  - id: x.a\n    binds: service\n    strength: "
                            "must\n    says: So.\n    source: {rfc: 9110, section: 15.5.6}\n    ") +
                    GetParam().check + "\n");
  Catalog catalog;
  const auto set = LoadProtocolSet(source, diagnostics);
  ASSERT_TRUE(set) << diagnostics.RenderAll();
  catalog.protocols.push_back(*set);
  RequireChecks(catalog, StandardChecks(), diagnostics);
  const std::string told = diagnostics.RenderAll();
  if (*GetParam().told == '\0') {
    EXPECT_EQ(told, "");
  } else {
    EXPECT_NE(told.find(std::string("x.yaml:3:9: error: ") + GetParam().told), std::string::npos)
        << told;
  }
}

INSTANTIATE_TEST_SUITE_P(
    , RequireChecksOf,
    testing::Values(
        ArgumentsRow{"AsTaken", "check: header_present\n    with: {name: Allow}", ""},
        ArgumentsRow{"NoneAreTaken", "check: retry_after", ""},
        ArgumentsRow{"Observations", "check: not_observed\n    with: {names: [bare_lf]}", ""},
        ArgumentsRow{"Missing", "check: header_present",
                     "check 'header_present' of clause 'x.a' lacks 'name' under with\n"},
        ArgumentsRow{"Mistyped", "check: header_present\n    with: {nmae: Allow}",
                     "check 'header_present' of clause 'x.a' takes no 'nmae' under with\n"},
        ArgumentsRow{"ANumber", "check: header_present\n    with: {name: 7}",
                     "check 'header_present' of clause 'x.a' needs a text as 'name'\n"},
        ArgumentsRow{"AnEmptyText", "check: header_present\n    with: {name: ''}",
                     "check 'header_present' of clause 'x.a' needs a text as 'name'\n"},
        ArgumentsRow{"WhereNoneAreTaken", "check: retry_after\n    with: {name: a}",
                     "check 'retry_after' of clause 'x.a' takes no 'name' under with\n"},
        ArgumentsRow{"NoList", "check: not_observed\n    with: {names: bare_lf}",
                     "check 'not_observed' of clause 'x.a' needs a list of observations as "
                     "'names'\n"},
        ArgumentsRow{"AnEmptyList", "check: not_observed\n    with: {names: []}",
                     "check 'not_observed' of clause 'x.a' needs a list of observations as "
                     "'names'\n"},
        ArgumentsRow{"NoObservation", "check: not_observed\n    with: {names: [bare_lff]}",
                     "check 'not_observed' of clause 'x.a' names no observation: 'bare_lff'\n"}),
    [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace conform
