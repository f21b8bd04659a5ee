#include "run/target.h"

#include <gtest/gtest.h>

#include <memory>

#include "mock/sample_contracts.h"
#include "testing/hostile_server.h"

namespace conform {
namespace {

const SystemClock kTargetClock;

/// Where nothing is planned, so that no mock of its own is started.
std::unique_ptr<Workspace> At(std::optional<Origin> origin) {
  auto workspace = std::make_unique<Workspace>();
  workspace->profile.target = std::move(origin);
  workspace->profile.mock = true;
  return workspace;
}

/// `mock`, `mock, pipelines`, or neither.
std::string FactsOf(const Workspace& workspace, std::set<std::string, std::less<>> faults = {}) {
  const auto target = Target::Open(workspace, kTargetClock, faults);
  if (!target) return target.error().message;
  (*target)->AskWhetherMock(workspace.profile, kTargetClock);
  std::string facts = (*target)->is_mock() ? "mock" : "";
  if ((*target)->takes_pipelines()) facts += ", pipelines";
  return facts;
}

std::string FactsOfMock(std::set<std::string, std::less<>> faults,
                        std::chrono::milliseconds latency) {
  const Contract action = SampleAction();
  MockOptions options;
  options.contracts = {&action};
  options.faults = std::move(faults);
  options.latency = latency;
  const auto server = MockServer::Start(options);
  if (!server) return server.error().message;
  const auto workspace = At(*ParseOrigin((*server)->origin()));
  return FactsOf(*workspace);
}

TEST(Target, SendsSeveralAtOnceOnlyWhereEachIsAnsweredAtOnceAndInTurn) {
  EXPECT_EQ(FactsOfMock({}, {}), "mock, pipelines");
  EXPECT_EQ(FactsOfMock({"wire_bare_lf"}, {}), "mock");
  EXPECT_EQ(FactsOfMock({}, std::chrono::milliseconds(1)), "mock");
  const auto embedded = At(std::nullopt);
  EXPECT_EQ(FactsOf(*embedded), "mock, pipelines");
  EXPECT_EQ(FactsOf(*embedded, {"wire_bare_lf"}), "mock");
}

TEST(Target, SendsSeveralAtOnceToNoOtherServer) {
  const auto facts_of = [](const std::string& body) {
    const HostileServer server({AnswerAndClose(
        "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body)});
    return FactsOf(*At(server.origin()));
  };
  EXPECT_EQ(facts_of(R"({"requests":0,"pipelining":true})"), "mock, pipelines");
  EXPECT_EQ(facts_of(R"({"requests":0})"), "mock");  // a mock of an earlier version
  EXPECT_EQ(facts_of(R"({"pipelining":true})"), "");
  EXPECT_EQ(facts_of("hello"), "");
}

}  // namespace
}  // namespace conform
