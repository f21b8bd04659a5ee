// The ready schedules of harness/ci: each is read by what reads it, and its command line runs.
#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <optional>
#include <regex>
#include <vector>

#include "base/yaml_node.h"
#include "run/sample_project.h"
#include "testing/golden.h"
#include "testing/hostile_server.h"

namespace conform {
namespace {

std::string ReadCiFile(const std::string& name) {
  std::string text = ReadTestFile(CONFORM_SOURCE "/harness/ci/" + name);
  EXPECT_NE(text, "") << name;
  return text;
}

std::optional<YamlNode> LoadCiYaml(const std::string& name) {
  const auto source = SourceText::Load(CONFORM_SOURCE "/harness/ci/" + name);
  if (!source) return std::nullopt;
  Diagnostics diagnostics;
  auto node = ParseYaml(**source, diagnostics);
  EXPECT_EQ(diagnostics.RenderAll(), "");
  return node;
}

std::string Scalar(const YamlNode& root, const std::vector<std::string_view>& path) {
  const YamlNode* at = &root;
  for (const std::string_view key : path) {
    if (at->kind == YamlNode::Kind::kSequence) {
      const auto index = static_cast<std::size_t>(key.front() - '0');
      if (index >= at->items.size()) return "absent";
      at = &at->items[index];
    } else {
      at = at->Find(key);
    }
    if (at == nullptr) return "absent";
  }
  return at->scalar;
}

/// Runs the one `conform watch …` of a file on the embedded mock, its paths in the project's
/// folder. The first run of a schedule exits by its own verdict: 0.
void RunsItsCommand(const std::string& name) {
  const SampleProject project;
  const std::string text = ReadCiFile(name);
  std::smatch found;
  ASSERT_TRUE(std::regex_search(text, found, std::regex("conform( watch --[^\n&]*)"))) << name;
  std::string command = std::string(CONFORM_PROGRAM) + found[1].str();
  command = std::regex_replace(command, std::regex("--profile global"), "--profile mock");
  command =
      std::regex_replace(command, std::regex("/var/lib/conform|/state"), project.folder().string());
  const ProgramResult result = RunProgram(
      ProgramCall{.arguments = {"sh", "-c", command}, .input = "", .folder = project.folder()});
  EXPECT_EQ(result.exit_code, 0) << command << result.output << result.errors;
  EXPECT_EQ(result.output.substr(0, 10), "first run ") << result.output;
  EXPECT_NE(project.Read("reports/run.json"), "");
}

class WatchFilesTest : public testing::TestWithParam<const char*> {};

TEST_P(WatchFilesTest, ItsCommandRuns) { RunsItsCommand(GetParam()); }

INSTANTIATE_TEST_SUITE_P(CiFiles, WatchFilesTest,
                         testing::Values("conform-watch.service", "conform-watch.crontab",
                                         "kubernetes-watch.yaml", "github-watch.yaml"),
                         [](const auto& row) {
                           return std::regex_replace(std::string(row.param), std::regex("[^a-z]"),
                                                     "_");
                         });

/// A token that is put there once has expired by the second run.
TEST(WatchFiles, SignInByTheProfileAtEachRun) {
  const struct {
    const char* file;
    const char* renewed_by;
  } rows[] = {
      {"conform-watch.service", "\nEnvironment=XDG_STATE_HOME=/var/lib/conform\n"},
      {"conform-watch.crontab", "\nXDG_STATE_HOME=/var/lib/conform\n"},
      {"kubernetes-watch.yaml", "audience: api://AzureADTokenExchange\n"},
      {"github-watch.yaml", "id-token: write\n"},
  };
  for (const auto& row : rows) {
    const std::string text = ReadCiFile(row.file);
    EXPECT_EQ(text.find("CONFORM_TOKEN_"), std::string::npos) << row.file;
    EXPECT_NE(text.find(row.renewed_by), std::string::npos) << row.file;
    EXPECT_NE(text.find("AZURE_CLIENT_ID"), std::string::npos) << row.file;
  }
}

/// What the pod signs in with is where its variables say.
TEST(WatchFiles, KubernetesMountsWhatItSignsInWith) {
  const auto job = LoadCiYaml("kubernetes-watch.yaml");
  ASSERT_TRUE(job);
  const auto pod = [&](std::vector<std::string_view> path) {
    path.insert(path.begin(), {"spec", "jobTemplate", "spec", "template", "spec"});
    return Scalar(*job, path);
  };
  EXPECT_EQ(pod({"containers", "0", "env", "0", "value"}),
            pod({"containers", "0", "volumeMounts", "0", "mountPath"}));
  EXPECT_EQ(pod({"containers", "0", "env", "1", "value"}),
            pod({"containers", "0", "volumeMounts", "1", "mountPath"}) + "/" +
                pod({"volumes", "0", "projected", "sources", "0", "serviceAccountToken", "path"}));
  EXPECT_EQ(pod({"securityContext", "fsGroupChangePolicy"}), "OnRootMismatch");
}

TEST(WatchFiles, SystemdTakesServiceAndTimer) {
  if (std::system("command -v systemd-analyze >/dev/null 2>&1") != 0) {
    GTEST_SKIP() << "systemd-analyze is not installed";
  }
  const SampleProject project;
  project.Write("conform-watch.service",
                std::regex_replace(ReadCiFile("conform-watch.service"),
                                   std::regex("/usr/bin/conform"), CONFORM_PROGRAM));
  project.Write("conform-watch.timer", ReadCiFile("conform-watch.timer"));
  const auto verify = [&] {
    return RunProgram(ProgramCall{.arguments = {"systemd-analyze", "verify", "--man=no",
                                                "./conform-watch.service", "./conform-watch.timer"},
                                  .input = "",
                                  .folder = project.folder()});
  };
  const ProgramResult sound = verify();
  EXPECT_EQ(sound.exit_code, 0) << sound.errors;
  EXPECT_EQ(sound.errors.find("conform-watch"), std::string::npos) << sound.errors;
  project.Write("conform-watch.timer", "[Timer]\nOnCalendar=never\n[Install]\nWantedBy=x.target\n");
  EXPECT_NE(verify().errors.find("conform-watch.timer"), std::string::npos);
}

TEST(WatchFiles, CrontabHasOneLineOfAScheduleAndAUser) {
  const std::string text = ReadCiFile("conform-watch.crontab");
  const std::regex line(
      "\n17 \\*/6 \\* \\* \\* conform flock --nonblock /[^ ]* conform watch [^%\n]*\n$");
  EXPECT_TRUE(std::regex_search(text, line)) << text;  // cron reads % as a line end
}

TEST(WatchFiles, KubernetesNeverRunsTwoAtOnceNorRepeatsOne) {
  const auto job = LoadCiYaml("kubernetes-watch.yaml");
  ASSERT_TRUE(job);
  EXPECT_EQ(Scalar(*job, {"kind"}), "CronJob");
  EXPECT_EQ(Scalar(*job, {"apiVersion"}), "batch/v1");
  EXPECT_EQ(Scalar(*job, {"spec", "concurrencyPolicy"}), "Forbid");
  EXPECT_EQ(Scalar(*job, {"spec", "schedule"}), "17 */6 * * *");
  EXPECT_EQ(Scalar(*job, {"spec", "jobTemplate", "spec", "backoffLimit"}), "0");
  EXPECT_EQ(Scalar(*job, {"spec", "jobTemplate", "spec", "template", "spec", "restartPolicy"}),
            "Never");
}

/// A shell that is the container's first process passes no signal on unasked.
TEST(WatchFiles, KubernetesTellsConformToStopAndWaitsForItsReports) {
  const auto job = LoadCiYaml("kubernetes-watch.yaml");
  ASSERT_TRUE(job);
  std::string script = Scalar(
      *job, {"spec", "jobTemplate", "spec", "template", "spec", "containers", "0", "command", "2"});
  const SampleProject project;
  HostileServer server({SayNoMock(),
                        {{Act::Kind::kReadRequest},
                         {Act::Kind::kAwaitSignal},
                         {Act::Kind::kWrite, "HTTP/1.1 204 No Content\r\n\r\n"}}});
  const std::string program = CONFORM_PROGRAM;
  script = std::regex_replace(script, std::regex("conform watch"), program + " watch --jobs 1");
  script = std::regex_replace(script, std::regex("--profile global"),
                              "--profile mock --base-url " + FormatOrigin(server.origin()));
  script = std::regex_replace(script, std::regex("/state"), project.folder().string());
  // The signal comes by the shell: answered before, the run would go on.
  script = std::regex_replace(script, std::regex("kill -TERM \"\\$!\""), "$& && echo told");
  StartedProgram run(ProgramCall{
      .arguments = {"sh", "-c", script}, .input = "", .folder = project.folder(), .variables = {}});
  ASSERT_TRUE(server.AwaitActs(1, 1));
  run.Signal(SIGTERM);
  ASSERT_EQ(run.ReadLine(), "told");
  server.Signal();
  run.Wait();
  EXPECT_NE(project.Read("reports/junit.xml").find("the run was interrupted"), std::string::npos);
}

TEST(WatchFiles, GitHubKeepsTheHistoryAlsoWhereTheRunTellsAChange) {
  const auto workflow = LoadCiYaml("github-watch.yaml");
  ASSERT_TRUE(workflow);
  EXPECT_EQ(Scalar(*workflow, {"on", "schedule", "0", "cron"}), "17 */6 * * *");
  EXPECT_EQ(Scalar(*workflow, {"concurrency", "cancel-in-progress"}), "false");
  const std::vector<std::string_view> save = {"jobs", "watch", "steps", "4", "uses"};
  EXPECT_EQ(Scalar(*workflow, save), "actions/cache/save@v4");
  EXPECT_EQ(Scalar(*workflow, {"jobs", "watch", "steps", "4", "if"}), "always()");
}

}  // namespace
}  // namespace conform
