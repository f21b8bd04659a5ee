// Which tests cases make, by which editions.
#include "case/test.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "case/case_loader.h"
#include "case/sample_sync_case.h"

namespace conform {
namespace {

struct Plan {
  std::string name;
  std::string editions;  // a line of the case
  EditionChoice choice;
  std::string told;  // each test's id, then the diagnostics
};

class PlanTestsOf : public testing::TestWithParam<Plan> {};

TEST_P(PlanTestsOf, ChoosesEditions) {
  using std::chrono::sys_days;
  Diagnostics diagnostics;
  std::vector<Case> cases;
  const std::string text = fmt::format(
      "title: A\noperation: deviceManagement.windowsAutopilotSettings.sync\nclauses: []\n"
      "identity: delegated_work\n{}request: {{method: POST, path: {}, body: none}}\n"
      "response: {{observe: [status]}}\n",
      GetParam().editions, kSyncPath);
  for (const char* id : {"x/a", "y/b"}) {
    auto loaded =
        LoadCase(std::make_shared<SourceText>(std::string(id) + ".yaml", text), id, diagnostics);
    ASSERT_TRUE(loaded.has_value()) << diagnostics.RenderAll();
    cases.push_back(std::move(*loaded));
  }
  std::string told;
  for (const conform::Test& test :
       PlanTests(cases, BundledCatalog(), GetParam().choice, diagnostics)) {
    told += test.Id().substr(test.Id().find("sync/")) + "\n";
  }
  EXPECT_EQ(told + diagnostics.RenderAll(), GetParam().told);
}

std::chrono::sys_days Day(int year, unsigned month, unsigned day) {
  return std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day);
}

INSTANTIATE_TEST_SUITE_P(
    Choices, PlanTestsOf,
    testing::Values(
        Plan{"All",
             "",
             {true, std::nullopt},
             "sync/2019_01.a\nsync/2019_01.b\nsync/2024_08.a\nsync/2024_08.b\n"},
        Plan{"TheNewest", "", {}, "sync/2024_08.a\nsync/2024_08.b\n"},
        Plan{"InForceInTwentyTwenty",
             "",
             {false, Day(2020, 1, 1)},
             "sync/2019_01.a\nsync/2019_01.b\n"},
        Plan{"BeforeTheFirst", "", {false, Day(2018, 1, 1)}, ""},
        Plan{"TiedToOneOfAll",
             "editions: [2019-01]\n",
             {true, std::nullopt},
             "sync/2019_01.a\nsync/2019_01.b\n"},
        Plan{"TiedToOneThatIsNotChosen", "editions: [2019-01]\n", {}, ""},
        Plan{"TiedToNoEdition",
             "editions: 2019-02\n",
             {},
             "x/a.yaml:5:11: error: operation 'deviceManagement.windowsAutopilotSettings.sync' has "
             "no edition '2019-02'\n 5 | editions: 2019-02\n   |           ^^^^^^^\n"
             "      there is 2019-01 or 2024-08\n"
             "y/b.yaml:5:11: error: operation 'deviceManagement.windowsAutopilotSettings.sync' has "
             "no edition '2019-02'\n 5 | editions: 2019-02\n   |           ^^^^^^^\n"
             "      there is 2019-01 or 2024-08\n"}),
    [](const auto& param) { return param.param.name; });

TEST(PlanTests, RefusesTestsOfTheSameId) {
  Diagnostics diagnostics;
  std::vector<Case> cases;
  for (const char* id : {"x/a", "y/a"}) {
    auto loaded =
        LoadCase(std::make_shared<SourceText>(std::string(id) + ".yaml",
                                              SyncCase("[]", "none", "{observe: [status]}")),
                 id, diagnostics);
    cases.push_back(std::move(*loaded));
  }
  PlanTests(cases, BundledCatalog(), {}, diagnostics);
  EXPECT_EQ(diagnostics.RenderAll(),
            "y/a.yaml:2:12: error: test "
            "'deviceManagement_windowsAutopilotSettings_sync/2024_08.a' is also made by x/a.yaml\n"
            " 2 | operation: deviceManagement.windowsAutopilotSettings.sync\n"
            "   |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
            "      rename one of the files\n");
}

TEST(PlanTests, RefusesAnUnknownOperation) {
  Diagnostics diagnostics;
  std::vector<Case> cases;
  const std::string text =
      "title: A\noperation: deviceManagement.windowsAutopilotSettings.sink\nclauses: []\n"
      "identity: none\nrequest: {method: GET, path: /a, body: none}\n"
      "response: {observe: [status]}\n";
  cases.push_back(*LoadCase(std::make_shared<SourceText>("a.yaml", text), "a", diagnostics));
  EXPECT_TRUE(PlanTests(cases, BundledCatalog(), {}, diagnostics).empty());
  EXPECT_EQ(diagnostics.RenderAll(),
            "a.yaml:2:12: error: no contract of operation "
            "'deviceManagement.windowsAutopilotSettings.sink'\n"
            " 2 | operation: deviceManagement.windowsAutopilotSettings.sink\n"
            "   |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
            "      did you mean 'deviceManagement.windowsAutopilotSettings.sync'?\n");
}

}  // namespace
}  // namespace conform
