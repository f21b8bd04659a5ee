// The built program told to stop while a request is under way.
#include <csignal>

#include "run/sample_project.h"
#include "testing/hostile_server.h"

namespace conform {
namespace {

TEST(ExitCode, Is3WhereTheRunWasInterrupted) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    const SampleProject project;
    HostileServer server({SayNoMock(),
                          {{Act::Kind::kReadRequest},
                           {Act::Kind::kAwaitSignal},
                           {Act::Kind::kWrite, "HTTP/1.1 204 No Content\r\n\r\n"}}});
    StartedProgram run(
        project.Call({"run", "--jobs", "1", "--base-url", FormatOrigin(server.origin())}));
    ASSERT_TRUE(server.AwaitActs(1, 1));
    run.Signal(signal);
    server.Signal();
    const ProgramResult result = run.Wait();
    EXPECT_NE(result.output.find("1 not run"), std::string::npos) << result.output;
    EXPECT_NE(project.Read("reports/junit.xml").find("not run"), std::string::npos);
    // Its one answer has no Date: a nonconformance is one all the same.
    EXPECT_EQ(result.exit_code, 1) << result.output << result.errors;
  }
}

/// As nohup and a shell's background jobs have it.
TEST(ExitCode, IsNotThatOfASignalWhichWasIgnoredFromTheStart) {
  const SampleProject project;
  HostileServer server(
      {SayNoMock(),
       {{Act::Kind::kReadRequest},
        {Act::Kind::kAwaitSignal},
        {Act::Kind::kWrite, "HTTP/1.1 204 No Content\r\n\r\n"}},
       {{Act::Kind::kReadRequest}, {Act::Kind::kWrite, "HTTP/1.1 401 Unauthorized\r\n\r\n"}}});
  ProgramCall call =
      project.Call({"run", "--jobs", "1", "--base-url", FormatOrigin(server.origin())});
  call.arguments.insert(call.arguments.begin(),
                        {"sh", "-c", "trap '' HUP INT; exec \"$@\"", "conform"});
  StartedProgram run(call);
  ASSERT_TRUE(server.AwaitActs(1, 1));
  run.Signal(SIGHUP);
  run.Signal(SIGINT);
  server.Signal();
  const ProgramResult result = run.Wait();
  EXPECT_EQ(result.output.find("not run"), std::string::npos) << result.output;
  EXPECT_EQ(result.output.find("interrupted"), std::string::npos) << result.output;
}

TEST(ExitCode, Is3WhereTheInterruptedRunFoundNothing) {
  const SampleProject project;
  HostileServer server({SayNoMock(), {{Act::Kind::kReadRequest}, {Act::Kind::kAwaitSignal}}});
  StartedProgram run(
      project.Call({"run", "--jobs", "1", "--base-url", FormatOrigin(server.origin())}));
  ASSERT_TRUE(server.AwaitActs(1, 1));
  run.Signal(SIGINT);
  server.Signal();
  const ProgramResult result = run.Wait();
  EXPECT_EQ(result.exit_code, 3) << result.output << result.errors;
  EXPECT_EQ(server.connections(), 2u);
}

TEST(ExitCode, Is3WhereACommandForTheTokenWasInterrupted) {
  const SampleProject project;
  const HostileServer server(std::vector<Script>{});
  project.Write("ours.yaml", "name: ours\ntitle: Ours\ntarget: " + FormatOrigin(server.origin()) +
                                 "\nidentities: {delegated_work: {timeout: 10m, command: "
                                 "[sh, -c, 'kill -INT $PPID; sleep 600']}}\n");
  StartedProgram run(project.Call({"run", "--profile", "ours.yaml", "--jobs", "1"}));
  const ProgramResult result = run.Wait();
  EXPECT_EQ(result.exit_code, 3) << result.output << result.errors;
  EXPECT_NE(result.output.find("2 not run"), std::string::npos) << result.output;
  EXPECT_EQ(server.connections(), 0u);
}

}  // namespace
}  // namespace conform
