#include "case/deviation.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

constexpr const char* kWhole =
    "- clause: sync.response.204\n  case: graph/sync/documented_request\n  profiles: [global]\n"
    "  actual: '200'\n  reason: Known.\n  approver: A. Person\n  issue: GH-1\n"
    "  review: 2027-01-31\n";

TEST(NamesTest, IsTrueOfACaseAndOfItsRow) {
  struct Named {
    const char* named;
    const char* row;
    bool of_it;
  };
  for (const Named& each :
       {Named{"*", "", true}, Named{"*", "good", true}, Named{"things/read", "", true},
        Named{"things/read", "good", true}, Named{"things/read/good", "good", true},
        Named{"things/read/good", "", false}, Named{"things/read/bad", "good", false},
        Named{"things/read/", "good", false}, Named{"things", "good", false},
        Named{"things/readXgood", "good", false}, Named{"things/read/ood", "good", false}}) {
    EXPECT_EQ(NamesTest(each.named, "things/read", each.row), each.of_it)
        << each.named << " " << each.row;
  }
}

TEST(LoadDeviations, AskForAValueOrAPlace) {
  const std::string whole = kWhole;
  const std::string actual = "  actual: '200'\n";
  const std::size_t at = whole.find(actual);
  for (const std::string instead : {"", "  subject: body/value/*/id\n"}) {
    Diagnostics diagnostics;
    const Deviations loaded =
        LoadDeviations(std::make_shared<SourceText>(
                           "d.yaml", std::string(whole).replace(at, actual.size(), instead)),
                       diagnostics);
    const std::string told = diagnostics.RenderAll();
    EXPECT_EQ(told.find("d.yaml:1:3: error: a deviation must have 'actual' or 'subject'\n") == 0,
              instead.empty())
        << told;
    EXPECT_EQ(loaded.items.at(0).subject, instead.empty() ? "" : "body/value/*/id");
  }
}

TEST(LoadDeviations, KeepsEveryMember) {
  Diagnostics diagnostics;
  const Deviations loaded =
      LoadDeviations(std::make_shared<SourceText>("deviations.yaml", kWhole), diagnostics);
  EXPECT_EQ(diagnostics.RenderAll(), "");
  ASSERT_EQ(loaded.items.size(), 1u);
  const Deviation& deviation = loaded.items.front();
  EXPECT_EQ(deviation.clause, "sync.response.204");
  EXPECT_EQ(deviation.case_id, "graph/sync/documented_request");
  EXPECT_EQ(deviation.profiles, std::vector<std::string>{"global"});
  EXPECT_EQ(deviation.actual, "200");
  EXPECT_EQ(deviation.place, "deviations.yaml:1:3");
  EXPECT_EQ(deviation.reason, "Known.");
  EXPECT_EQ(deviation.approver, "A. Person");
  EXPECT_EQ(deviation.issue, "GH-1");
  EXPECT_EQ(deviation.review, std::chrono::sys_days(std::chrono::year(2027) / 1 / 31));
  EXPECT_EQ(deviation.span.line, 1);
  EXPECT_EQ(deviation.case_span.line, 2);
  EXPECT_EQ(deviation.case_span.column, 9);
}

struct DeviationRow {
  std::string name;
  std::string text;
  std::string told;
};

class LoadDeviationsRejects : public testing::TestWithParam<DeviationRow> {};

TEST_P(LoadDeviationsRejects, AndTellsWhere) {
  Diagnostics diagnostics;
  LoadDeviations(std::make_shared<SourceText>("d.yaml", GetParam().text), diagnostics);
  EXPECT_EQ(diagnostics.RenderAll(), GetParam().told);
}

INSTANTIATE_TEST_SUITE_P(
    Files, LoadDeviationsRejects,
    testing::Values(
        DeviationRow{"AMapping", "clause: a\n",
                     "d.yaml:1:1: error: deviations must be a list, not a mapping\n"
                     " 1 | clause: a\n   | ^\n      write [] where there are none\n"},
        DeviationRow{
            "NoDay",
            std::string(kWhole).replace(std::string(kWhole).find("2027-01-31"), 10, "2027-02-31"),
            "d.yaml:8:11: error: '2027-02-31' is no day\n"
            " 8 |   review: 2027-02-31\n   |           ^^^^^^^^^^\n"
            "      write YYYY-MM-DD\n"},
        DeviationRow{"NoProfile",
                     std::string(kWhole).replace(std::string(kWhole).find("[global]"), 8, "[]"),
                     "d.yaml:3:13: error: 'profiles' names none\n"
                     " 3 |   profiles: []\n   |             ^\n"
                     "      name those in which it is accepted\n"},
        DeviationRow{
            "AProfileWithoutName",
            std::string(kWhole).replace(std::string(kWhole).find("[global]"), 8, "[a, '']"),
            "d.yaml:3:13: error: an item of 'profiles' is empty\n"
            " 3 |   profiles: [a, '']\n   |             ^\n"},
        DeviationRow{"AnEmptySubject", std::string(kWhole) + "  subject: ''\n",
                     "d.yaml:9:3: error: 'subject' is empty\n"
                     " 9 |   subject: ''\n   |   ^^^^^^^\n"},
        DeviationRow{"AnUnknownKey", std::string(kWhole) + "  case_id: x\n",
                     "d.yaml:9:3: error: unknown key 'case_id' in a deviation\n"
                     " 9 |   case_id: x\n   |   ^^^^^^^\n      known keys: clause, case, "
                     "profiles, subject, actual, reason, approver, issue or review\n"}),
    [](const auto& param) { return param.param.name; });

}  // namespace
}  // namespace conform
