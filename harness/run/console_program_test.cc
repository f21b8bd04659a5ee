// What the built program says on the console, and to whom.
#include <fmt/format.h>

#include <regex>

#include "run/sample_project.h"

namespace conform {
namespace {

/// Ids, ports and times are another each time.
std::string Settled(std::string text) {
  text = std::regex_replace(
      text, std::regex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), "UUID");
  text = std::regex_replace(text, std::regex("127\\.0\\.0\\.1:[0-9]+"), "127.0.0.1:PORT");
  return std::regex_replace(text, std::regex("in [0-9.]+ s:"), "in TIME:");
}

TEST(Console, TellsAFailureSoThatNobodyNeedsToLookTwice) {
  const SampleProject project;
  const SampleMock mock(project, {"success_200"});
  const ProgramResult result =
      project.Conform({"run", "--base-url", mock.address(), "--gtest_filter=*documented"});
  EXPECT_EQ(Settled(result.errors),
            "conform: http://127.0.0.1:PORT is sent tokens that conform mock takes; for a server "
            "of your own set CONFORM_TOKEN_DELEGATED_WORK\n");
  EXPECT_EQ(Settled(result.output.substr(0, result.output.find("\n\n") + 1)),
            "FAIL  things_sync/2024_08.documented\n"
            "cases/things/documented.yaml:13:11: status is 200, the contract promises 204\n"
            " 13 |   status: 204\n"
            "    |           ^^^\n"
            "      clause   sync.204 (must): Success is 204.\n"
            "      source   edition 2024-08, Sync, line 14\n"
            "      sent     POST http://127.0.0.1:PORT/beta/things/sync   client-request-id UUID\n"
            "      got      HTTP/1.1 200 OK, 6 header fields, 0 bytes      request-id UUID\n"
            "      again    conform run --base-url 'http://127.0.0.1:PORT' "
            "--gtest_filter='things_sync/2024_08.documented'\n");
}

TEST(Console, TellsNoneThatPassedWhereItIsQuiet) {
  const SampleProject project;
  const ProgramResult passed = project.Conform({"run", "-q"});
  EXPECT_EQ(passed.output.find("PASS"), std::string::npos) << passed.output;
  EXPECT_NE(passed.output.find("exit code 0: conforms"), std::string::npos) << passed.output;
  const SampleMock mock(project, {"success_200"});
  const ProgramResult failed = project.Conform({"run", "--quiet", "--base-url", mock.address()});
  EXPECT_EQ(failed.output.find("PASS"), std::string::npos) << failed.output;
  EXPECT_NE(failed.output.find("FAIL  "), std::string::npos) << failed.output;
}

/// A file or a connection would get the number of one that is closed, and the console's text.
TEST(Console, ThatIsClosedHasItsTextGoNowhere) {
  const SampleProject project;
  ProgramCall call = project.Call({"run", "--no-history"});
  call.arguments.insert(call.arguments.begin(),
                        {"sh", "-c", "exec \"$@\" <&- >&- 2>&-", "conform"});
  EXPECT_EQ(RunProgram(call).exit_code, 3);  // what it says could not be written
  EXPECT_NE(project.Read("reports/junit.xml").find("</testsuites>"), std::string::npos);
  for (const char* file : {"reports/journal.jsonl", "reports/run.json", "reports/junit.xml"}) {
    EXPECT_EQ(project.Read(file).find("exit code"), std::string::npos) << file;
  }
}

TEST(Console, HasNoColourAwayFromATerminal) {
  const SampleProject project;
  for (const std::vector<std::string>& variables :
       {std::vector<std::string>{}, std::vector<std::string>{"NO_COLOR=1"}}) {
    EXPECT_EQ(project.Conform({"run"}, variables).output.find('\x1b'), std::string::npos);
  }
}

TEST(Console, HasColourOnATerminalUnlessToldOtherwise) {
  const SampleProject project;
  // script(1) gives the program a terminal of its own.
  const auto on_terminal = [&](const std::string& command, std::vector<std::string> variables) {
    ProgramCall call = project.Call({}, std::move(variables));
    call.arguments = {"script", "-qec", fmt::format("{} run {}", CONFORM_PROGRAM, command),
                      "/dev/null"};
    return RunProgram(call).output;
  };
  // Where the cursor goes is no colour.
  const std::regex colour("\x1b\\[[0-9;]*m");
  EXPECT_NE(on_terminal("", {"NO_COLOR="}).find("\x1b[32mPASS\x1b[0m"), std::string::npos);
  EXPECT_FALSE(std::regex_search(on_terminal("", {"NO_COLOR=1"}), colour));
  EXPECT_FALSE(std::regex_search(on_terminal("--no-color", {"NO_COLOR="}), colour));
}

}  // namespace
}  // namespace conform
