// Cases and contracts from a stranger's pull request: what the built program makes of them.
// harness/SECURITY.md says what each line of this holds.
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "run/sample_project.h"
#include "testing/hostile_server.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSecret = "not-for-strangers";

struct Stranger {
  const char* name;
  const char* path;  ///< of the stranger's file.
  const char* link;  ///< what it links to; null: it holds `text`.
  std::string text;
  const char* told;  ///< a part of what lint tells.
};

void PrintTo(const Stranger& each, std::ostream* out) { *out << each.name; }

std::string CaseWithBody(const std::string& body) {
  return "title: A case\noperation: things.sync\nclauses: []\nidentity: delegated_work\n"
         "request:\n  method: POST\n  path: /beta/things/sync\n  body: " +
         body + "\nresponse:\n  observe: [status]\n";
}

std::string CaseWithSchema(const std::string& schema) {
  return "title: A case\noperation: things.sync\nclauses: [sync.409]\nidentity: delegated_work\n"
         "request:\n  method: POST\n  path: /beta/things/sync\n  body: none\n"
         "response:\n  status: 409\n  body: {schema: " +
         schema + "}\n";
}

/// A project with a secret beside it and one in the environment.
class StrangersFile : public testing::TestWithParam<Stranger> {
 protected:
  StrangersFile() {
    project_.Write("secret.txt", kSecret);
    project_.Write("cases/things/inside.json", "{}");
    fs::create_symlink(project_.folder() / "secret.txt",
                       project_.folder() / "cases/things/linked.json");
  }
  SampleProject project_;
};

TEST_P(StrangersFile, ReadsNothingThatLiesOutside) {
  const Stranger& each = GetParam();
  if (each.link != nullptr) {
    fs::create_directories((project_.folder() / each.path).parent_path());
    fs::create_symlink(each.link, project_.folder() / each.path);
  } else {
    project_.Write(each.path, each.text);
  }
  const ProgramResult ran = project_.Conform({"lint"}, {std::string("STRANGE_SECRET=") + kSecret});
  EXPECT_EQ(ran.exit_code, 2) << ran.output;
  const std::string told = ran.output + ran.errors;
  EXPECT_NE(told.find(each.told), std::string::npos) << told;
  EXPECT_EQ(told.find(kSecret), std::string::npos) << told;
}

INSTANTIATE_TEST_SUITE_P(
    Files, StrangersFile,
    testing::Values(
        Stranger{"CaseLinkedToAFile", "cases/things/x.yaml", "../../secret.txt", "",
                 "x.yaml: error: is a link that leads out of cases"},
        Stranger{"CaseLinkedToTheEnvironment", "cases/things/x.yaml", "/proc/self/environ", "",
                 "is a link that leads out of cases"},
        Stranger{"ContractLinked", "specs/things/sync/2025-01.yaml", "../../../secret.txt", "",
                 "is a link that leads out of specs"},
        Stranger{"ProtocolSetLinked", "specs/protocol/own.yaml", "../../secret.txt", "",
                 "is a link that leads out of specs"},
        Stranger{"DeviationsLinked", "cases/deviations.yaml", "../secret.txt", "",
                 "deviations.yaml: error: is a link that leads out of the folder"},
        Stranger{"BodyAbove", "cases/things/x.yaml", nullptr,
                 CaseWithBody("{file: ../../secret.txt}"), "lies outside the case's folder"},
        Stranger{"BodyAbsolute", "cases/things/x.yaml", nullptr,
                 CaseWithBody("{file: /proc/self/environ}"), "lies outside the case's folder"},
        Stranger{"BodyLinked", "cases/things/x.yaml", nullptr, CaseWithBody("{file: linked.json}"),
                 "lies outside the case's folder"},
        Stranger{"SchemaAbove", "cases/things/x.yaml", nullptr, CaseWithSchema("../../secret.txt"),
                 "lies outside the case's folder"},
        Stranger{"SchemaLinked", "cases/things/x.yaml", nullptr, CaseWithSchema("linked.json"),
                 "lies outside the case's folder"},
        Stranger{"SchemaReference", "cases/things/x.yaml", nullptr,
                 CaseWithSchema("{$ref: 'file:///proc/self/environ'}"), "$ref"},
        Stranger{"EnvironmentVariable", "cases/things/x.yaml", nullptr,
                 CaseWithBody("{text: '${STRANGE_SECRET}'}"), "is no known placeholder"},
        Stranger{"EnvironmentByName", "cases/things/x.yaml", nullptr,
                 CaseWithBody("{text: '${env.STRANGE_SECRET}'}"), "is no known placeholder"},
        Stranger{"NameThatLeavesTheFolder", "cases/things/..%2f..%2fx.yaml", nullptr,
                 CaseWithBody("none"), "cannot name a case"},
        Stranger{"NameThatATerminalObeys", "cases/things/\x1b]0;x\x07.yaml", nullptr,
                 CaseWithBody("none"), "\\x1B]0;x\\x07"}),
    [](const auto& param) { return param.param.name; });

struct FileBehindALink {
  const char* name;
  std::string text;  ///< of the case that names it.
};

void PrintTo(const FileBehindALink& each, std::ostream* out) { *out << each.name; }

class StrangersLink : public testing::TestWithParam<FileBehindALink> {};

/// Behind a link `..` leads elsewhere than it looks, and here beside the case.
TEST_P(StrangersLink, LeadsToWhatWasLookedAt) {
  const SampleProject project;
  project.Write("secret.csv", kSecret);
  fs::create_directories(project.folder() / "cases/things/a/b/c");
  fs::create_directory_symlink("a/b/c", project.folder() / "cases/things/link");
  project.Write("cases/things/x.yaml", GetParam().text);
  const ProgramResult ran = project.Conform({"run", "cases/things/x.yaml", "--no-history"});
  EXPECT_EQ(ran.exit_code, 2) << ran.output;
  const std::string told = ran.output + ran.errors;
  EXPECT_NE(told.find("'link/../../../secret.csv': no such file"), std::string::npos) << told;
  EXPECT_EQ(told.find(kSecret), std::string::npos) << told;
}

INSTANTIATE_TEST_SUITE_P(
    Files, StrangersLink,
    testing::Values(FileBehindALink{"Body", CaseWithBody("{file: link/../../../secret.csv}")},
                    FileBehindALink{"Part", CaseWithBody("{multipart: [{name: a, file: "
                                                         "link/../../../secret.csv}]}")},
                    FileBehindALink{"Schema", CaseWithSchema("link/../../../secret.csv")},
                    FileBehindALink{"Rows", CaseWithBody("none") +
                                                "rows: {file: link/../../../secret.csv, name: "
                                                "a}\n"}),
    [](const auto& param) { return param.param.name; });

/// What a terminal or a CI server would obey, in a text that a service or a case can choose.
constexpr const char* kOrders =
    "x\n::set-output name=a::b\n##vso[task.setvariable variable=a]b\n##[add-mask]c\n"
    "##teamcity[testFailed name='d']\x1b[31m\x07";

bool IsObeyed(const std::string& line) {
  const std::size_t first = line.find_first_not_of(" \t");
  const bool command = first != std::string::npos && line.compare(first, 2, "::") == 0;
  return command || line.find("##vso[") != std::string::npos ||
         line.find("##[") != std::string::npos || line.find("##teamcity[") != std::string::npos ||
         line.find('\x1b') != std::string::npos || line.find('\x07') != std::string::npos;
}

std::string ObeyedLines(const std::string& text) {
  std::istringstream lines(text);
  std::string obeyed;
  for (std::string line; std::getline(lines, line);) {
    if (IsObeyed(line)) obeyed += line + "\n";
  }
  return obeyed;
}

TEST(StrangersText, IsObeyedByNoReaderOfAnyOutput) {
  EXPECT_NE(ObeyedLines(kOrders), "");  // the search finds what it looks for
  SampleProject project;
  const std::string body =
      nlohmann::json{{"error", {{"code", kOrders}, {"message", kOrders}}}}.dump();
  HostileServer server({AnswerAndClose(
      fmt::format("HTTP/1.1 500 ##vso[task.complete]\r\nrequest-id: ##[add-mask]x\r\n"
                  "Content-Type: application/json\r\nContent-Length: {}\r\n"
                  "Connection: close\r\n\r\n{}",
                  body.size(), body))});
  project.Remove("cases/things/without_token.yaml");
  project.Write("cases/things/documented.yaml",
                SampleCase("[sync.409]", "none", kWithoutToken,
                           "  status: 409\n  body: {json: {/error/code: " +
                               nlohmann::json(kOrders).dump() + "}}\n"));
  project.Write("ours.yaml", fmt::format("name: ours\ntitle: Ours\ntarget: {}\n",
                                         FormatOrigin(server.origin())));
  const ProgramResult ran =
      project.Conform({"run", "--profile", "ours.yaml", "--report", "all", "--no-history"});
  EXPECT_EQ(ran.exit_code, 1) << ran.output << ran.errors;
  EXPECT_NE(ran.output.find("vso[task"), std::string::npos) << "the text is shown";
  for (const auto& [name, text] : {std::pair<std::string, std::string>{"output", ran.output},
                                   {"errors", ran.errors},
                                   {"junit.xml", project.Read("reports/junit.xml")},
                                   {"summary.md", project.Read("reports/summary.md")},
                                   {"report.html", project.Read("reports/report.html")}}) {
    EXPECT_EQ(ObeyedLines(text), "") << name;
  }
}

}  // namespace
}  // namespace conform
