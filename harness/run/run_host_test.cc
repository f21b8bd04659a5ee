#include "run/run_host.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>
#include <map>

#include "base/clock.h"

namespace conform {
namespace {

Environment Of(std::map<std::string, std::string, std::less<>> variables) {
  return [variables = std::move(variables)](std::string_view name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  };
}

struct CiRow {
  const char* name;
  std::map<std::string, std::string, std::less<>> variables;
  const char* address;
};

class CiRunAddressTest : public testing::TestWithParam<CiRow> {};

TEST_P(CiRunAddressTest, IsTheServersOwn) {
  EXPECT_EQ(CiRunAddress(Of(GetParam().variables)), GetParam().address);
}

const CiRow kCiRows[] = {
    {"None", {}, ""},
    {"GitHub",
     {{"GITHUB_SERVER_URL", "https://github.com"},
      {"GITHUB_REPOSITORY", "a/b"},
      {"GITHUB_RUN_ID", "7"}},
     "https://github.com/a/b/actions/runs/7"},
    {"HalfOfGitHub", {{"GITHUB_SERVER_URL", "https://github.com"}, {"GITHUB_RUN_ID", ""}}, ""},
    {"GitLab",
     {{"CI_JOB_URL", "https://gitlab.example/a/-/jobs/7"}},
     "https://gitlab.example/a/-/jobs/7"},
    {"AzurePipelines",
     {{"SYSTEM_COLLECTIONURI", "https://dev.azure.com/a/"},
      {"SYSTEM_TEAMPROJECT", "b"},
      {"BUILD_BUILDID", "7"}},
     "https://dev.azure.com/a/b/_build/results?buildId=7"},
    {"Jenkins",
     {{"BUILD_URL", "https://jenkins.example/job/a/7/"}},
     "https://jenkins.example/job/a/7/"},
};

INSTANTIATE_TEST_SUITE_P(RunHost, CiRunAddressTest, testing::ValuesIn(kCiRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(TimeZoneOffset, IsTheHostsAtThatTime) {
  const char* before = std::getenv("TZ");
  const std::string kept = before == nullptr ? "" : before;
  const std::pair<const char*, const char*> rows[] = {
      {"UTC0", "+00:00"}, {"CET-1", "+01:00"}, {"NST3:30", "-03:30"}};
  for (const auto& [zone, offset] : rows) {
    ::setenv("TZ", zone, 1);
    ::tzset();
    EXPECT_EQ(TimeZoneOffset(std::chrono::system_clock::time_point{}), offset);
  }
  if (before == nullptr) {
    ::unsetenv("TZ");
  } else {
    ::setenv("TZ", kept.c_str(), 1);
  }
  ::tzset();
}

}  // namespace
}  // namespace conform
