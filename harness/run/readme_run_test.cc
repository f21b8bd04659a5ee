// The examples of cases/README.md that say so run, as all of specs/README.md do, and a case's
// placeholders are explained.
#include <map>
#include <sstream>

#include "run/sample_project.h"
#include "testing/golden.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> ExamplesToRun() {
  std::vector<std::string> examples;
  std::istringstream lines(ReadTestFile(CONFORM_SOURCE "/cases/README.md"));
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (inside && line == "```") inside = false;
    if (inside) examples.back() += line + "\n";
    if (line != "# run") continue;
    inside = true;
    examples.emplace_back();
  }
  return examples;
}

/// The YAML blocks of specs/README.md: each begins with a line `# PATH: what it is`.
std::map<std::string, std::string> ContractExamples() {
  std::map<std::string, std::string> files;
  std::istringstream lines(ReadTestFile(CONFORM_SOURCE "/specs/README.md"));
  std::string* file = nullptr;
  for (std::string line; std::getline(lines, line);) {
    if (line == "```yaml" && std::getline(lines, line) && line.starts_with("# ")) {
      file = &files[line.substr(2, line.find(".yaml") + 3)];
    } else if (line == "```") {
      file = nullptr;
    } else if (file != nullptr) {
      *file += line + "\n";
    }
  }
  return files;
}

TEST(ContractManual, ExamplesPassOnTheEmbeddedMock) {
  const SampleProject project;
  fs::remove_all(project.folder() / "specs");
  fs::remove_all(project.folder() / "cases");
  const auto files = ContractExamples();
  ASSERT_EQ(files.size(), 4U);
  for (const auto& [path, text] : files) project.Write(path, text);
  const ProgramResult linted = project.Conform({"lint"});
  EXPECT_EQ(linted.errors, "");
  EXPECT_EQ(linted.output, "no mistakes in 2 contracts, 0 protocol sets and 2 cases\n");
  const ProgramResult result = project.Conform({"run"});
  EXPECT_EQ(result.exit_code, 0) << result.output << result.errors;
  EXPECT_NE(result.output.find(": 2 pass\n"), std::string::npos) << result.output;
}

TEST(ReadmeExamples, PassOnTheEmbeddedMock) {
  const SampleProject project;
  fs::remove_all(project.folder() / "specs");
  fs::remove_all(project.folder() / "cases");
  fs::copy(CONFORM_SOURCE "/specs", project.folder() / "specs", fs::copy_options::recursive);
  const std::vector<std::string> examples = ExamplesToRun();
  ASSERT_EQ(examples.size(), 3u);
  for (std::size_t i = 0; i < examples.size(); ++i) {
    project.Write("cases/example_" + std::to_string(i) + ".yaml", examples[i]);
  }
  const ProgramResult result = project.Conform({"run"});
  EXPECT_EQ(result.errors, "");
  EXPECT_EQ(result.exit_code, 0) << result.output;
}

TEST(ExplainCase, TellsWhatEachPlaceholderBecameAndHidesSecrets) {
  const SampleProject project;
  project.Write("cases/things/explained.yaml", R"(title: Explained
operation: things.sync
clauses: []
identity: delegated_work
rows: {one: {word: "a b"}}
steps:
  - name: first
    request: {method: POST, path: '/beta/things/${row.word}', headers: {Authorization: 'Bearer ${token}'}, body: none}
    response: {observe: [status]}
    capture: {code: status, id: {from: headers.request-id, secret: true}}
  - name: second
    request: {method: GET, path: '/${capture.code}/${capture.id}', body: {none: true}}
    response: {observe: [status]}
)");
  const ProgramResult result = project.Conform({"run", "--explain", "cases/things/explained.yaml"});
  EXPECT_EQ(project.Conform({"run", "--explain", "things/explained"}).output.substr(0, 40),
            result.output.substr(0, 40));
  EXPECT_EQ(result.errors, "");
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_EQ(result.output, R"(things_sync/2024_08.explained/one
  step first
    ${row.word}          "a b"
                         cases/things/explained.yaml:8:35, row one at cases/things/explained.yaml:5
    ${token}             [token]
                         cases/things/explained.yaml:8:88, the token of identity delegated_work
  step second
    ${capture.code}      404
                         cases/things/explained.yaml:12:34, captured by step first, line 10
    ${capture.id}        [id]
                         cases/things/explained.yaml:12:34, captured by step first, line 10
)");
  EXPECT_FALSE(fs::exists(project.folder() / "reports"));
}

TEST(ExplainCase, NeedsAMock) {
  const SampleProject project;
  const ProgramResult result =
      project.Conform({"run", "--profile", "global", "--explain", "cases/things/documented.yaml"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_TRUE(result.errors.ends_with(
      "conform: --explain sends the requests, and profile 'global' is no mock\n"))
      << result.errors;
}

TEST(Variables, ThatTheProfileHasNotAreAMistake) {
  const SampleProject project;
  project.Write("cases/things/variable.yaml",
                "title: V\noperation: things.sync\nclauses: []\nidentity: none\nvars: [colour]\n"
                "request: {method: GET, path: '/${var.colour}', body: none}\n"
                "response: {observe: [status]}\n");
  const ProgramResult result = project.Conform({"lint"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_EQ(result.errors,
            "cases/things/variable.yaml:5:8: error: profile 'mock' has no variable 'colour'\n"
            " 5 | vars: [colour]\n"
            "   |        ^^^^^^\n"
            "      it is built in: write one of your own, {name: my_mock, title: …, target: mock, "
            "variables: {colour: …}}, and say --profile FILE\n"
            "conform: 1 mistake; nothing was sent\n");
}

}  // namespace
}  // namespace conform
