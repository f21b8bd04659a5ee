#include "profile/profile.h"

#include <gtest/gtest.h>

#include "testing/golden.h"

namespace conform {
namespace {

const std::filesystem::path kFolder = CONFORM_TESTDATA "/broken/profile";

class LoadProfileRejects : public testing::TestWithParam<std::string> {};

TEST_P(LoadProfileRejects, AndTellsEveryMistakeAtItsPlace) {
  const std::string name = GetParam() + ".yaml";
  const auto source = std::make_shared<SourceText>(name, ReadTestFile(kFolder / name));
  Diagnostics diagnostics;
  EXPECT_FALSE(LoadProfile(source, diagnostics).has_value());
  const std::string told = diagnostics.RenderAll();
  EXPECT_EQ(told, Golden(kFolder / (GetParam() + ".err"), told));
  EXPECT_TRUE(diagnostics.HasErrors());
}

INSTANTIATE_TEST_SUITE_P(BrokenFiles, LoadProfileRejects, testing::ValuesIn(YamlStems(kFolder)),
                         [](const auto& param) { return param.param; });

std::optional<Profile> LoadText(const std::string& text) {
  Diagnostics diagnostics;
  auto profile = LoadProfile(std::make_shared<SourceText>("p.yaml", text), diagnostics);
  EXPECT_EQ(diagnostics.RenderAll(), "");
  return profile;
}

TEST(LoadProfile, ReadsEveryKey) {
  const auto profile = LoadText(
      "name: lab\ntitle: A lab\ntarget: https://lab.example.test:8443\ntenant: true\n"
      "as_of: 2019-01\nrequires: [sync.response.204]\nsoften: {odata: observe}\n"
      "variables: {site: north}\nbounds: {read: 5s, body_bytes: 1000}\n"
      "limits: {requests_per_20s: 400, jobs: 4, retry_after: 90500ms}\n");
  ASSERT_TRUE(profile);
  EXPECT_EQ(profile->name, "lab");
  ASSERT_TRUE(profile->target);
  EXPECT_EQ(FormatOrigin(*profile->target), "https://lab.example.test:8443");
  EXPECT_TRUE(profile->tenant);
  EXPECT_FALSE(profile->mock);
  EXPECT_EQ(profile->as_of, std::chrono::sys_days(std::chrono::year(2019) / 1 / 31));
  ASSERT_EQ(profile->requires_clauses.size(), 1U);
  EXPECT_EQ(profile->requires_clauses[0].text, "sync.response.204");
  EXPECT_EQ(profile->softened.at("odata"), Strength::kObserve);
  EXPECT_EQ(profile->variables.at("site"), "north");
  EXPECT_EQ(profile->bounds.read, std::chrono::seconds(5));
  EXPECT_EQ(profile->bounds.body_bytes, 1000U);
  EXPECT_EQ(profile->limits.requests_per_window, 400);
  EXPECT_EQ(profile->limits.jobs, 4);
  EXPECT_EQ(profile->limits.longest_wait, std::chrono::milliseconds(90500));
}

TEST(LoadProfile, ReadsWhatTokensMustSay) {
  const std::string head = "name: x\ntitle: X\ntarget: https://api.example\n";
  const auto silent = LoadText(head);
  ASSERT_TRUE(silent);
  EXPECT_EQ(AudienceOf(*silent), "https://api.example");
  const auto profile =
      LoadText(head + "tokens: {audiences: ['api://x', y], issuers: ['https://sts.example/']}\n");
  ASSERT_TRUE(profile);
  EXPECT_EQ(profile->token_rules.audiences, (std::vector<std::string>{"api://x", "y"}));
  EXPECT_EQ(profile->token_rules.issuers, std::vector<std::string>{"https://sts.example/"});
  EXPECT_EQ(AudienceOf(*profile), "api://x");
}

TEST(LoadProfile, WithoutLimitsIsBoundByTheWaitAlone) {
  const auto profile = LoadText("name: x\ntitle: X\ntarget: mock\n");
  ASSERT_TRUE(profile);
  EXPECT_EQ(profile->limits.requests_per_window, 0);
  EXPECT_EQ(profile->limits.jobs, 0);
  EXPECT_EQ(profile->limits.longest_wait, std::chrono::minutes(2));
}

TEST(LoadProfile, BuiltInProfilesHaveNoMistake) {
  for (const std::string& name : YamlStems(CONFORM_SOURCE "/harness/profiles")) {
    const auto profile =
        LoadText(ReadTestFile(CONFORM_SOURCE "/harness/profiles/" + name + ".yaml"));
    ASSERT_TRUE(profile) << name;
    EXPECT_EQ(profile->name, name);
  }
}

}  // namespace
}  // namespace conform
