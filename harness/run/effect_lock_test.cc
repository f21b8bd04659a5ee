#include "run/effect_lock.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "run/sample_project.h"
#include "run/sample_tls.h"
#include "testing/hostile_server.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

class EffectLockTest : public testing::Test {
 protected:
  ~EffectLockTest() override { fs::remove_all(folder_); }

  std::string Take(const EffectPlace& place) {
    auto taken = EffectLock::Take(folder_, place);
    if (!taken) return taken.error().message;
    held_.push_back(*std::move(taken));
    return "held";
  }

  const fs::path folder_ = fs::path(testing::TempDir()) / fmt::format("effect_lock.{}", ::getpid());
  const std::string busy_ = fmt::format(
      "another run (process {}) sends requests with an effect to https://graph.example now; "
      "nothing "
      "was sent: wait for its end, or leave --allow-effects out",
      ::getpid());
  std::vector<EffectLock> held_;
};

TEST_F(EffectLockTest, IsOneRunsForATenantOfAnOrigin) {
  EXPECT_EQ(Take({"https://graph.example", {"a"}}), "held");
  EXPECT_EQ(Take({"https://graph.example", {"a"}}), busy_);
  EXPECT_EQ(Take({"https://graph.example", {"b", "a"}}), busy_);
  EXPECT_EQ(Take({"https://graph.example", {"b"}}), "held");
  EXPECT_EQ(Take({"https://other.example", {"a"}}), "held");
}

TEST_F(EffectLockTest, IsOfTheWholeOriginWhereTheTenantIsNotKnown) {
  EXPECT_EQ(Take({"https://graph.example", {}}), "held");
  EXPECT_EQ(Take({"https://graph.example", {"a"}}), busy_);
  EXPECT_EQ(Take({"https://graph.example", {}}), busy_);
  held_.clear();
  EXPECT_EQ(Take({"https://graph.example", {"a"}}), "held");
  EXPECT_EQ(Take({"https://graph.example", {}}), busy_);
}

TEST_F(EffectLockTest, TellsThatItsFolderCannotBeMade) {
  fs::create_directories(folder_);
  std::ofstream(folder_ / "file") << "x";
  auto taken = EffectLock::Take(folder_ / "file", {"https://graph.example", {}});
  ASSERT_FALSE(taken);
  EXPECT_EQ(
      taken.error().message,
      fmt::format("--allow-effects needs a lock in {}: Not a directory; set XDG_STATE_HOME to "
                  "a folder of yours",
                  (folder_ / "file").string()));
}

/// A tenant on loopback whose first answer only comes when the test wants it.
TEST(EffectsOfTwoRuns, AreRefusedToTheSecondWhileTheFirstIsOn) {
  using Kind = Act::Kind;
  HostileServer tenant({{{Kind::kReadRequest},
                         {Kind::kAwaitSignal},
                         {Kind::kWrite, "HTTP/1.1 204 No Content\r\n\r\n"}}});
  const std::string origin = FormatOrigin(tenant.origin());
  const SampleProject project;
  project.Write("lab.yaml",
                fmt::format("name: lab\ntitle: A lab\ntarget: {}\ntenant: true\n", origin));
  project.Remove("cases/things/without_token.yaml");
  const auto call = [&](const std::string& out) {
    return project.Call(
        {"run", "--profile", "lab.yaml", "--allow-effects", "1", "--out", out, "--no-history"},
        SettledVariables({"CONFORM_TOKEN_DELEGATED_WORK=opaque-token-4711",
                          "XDG_STATE_HOME=" + (project.folder() / "state").string()}));
  };
  StartedProgram first(call("first"));
  // Its request has come, so it holds the lock.
  ASSERT_TRUE(tenant.AwaitActs(0, 1));
  const ProgramResult second = RunProgram(call("second"));
  EXPECT_EQ(second.exit_code, 3);
  EXPECT_TRUE(second.errors.starts_with("conform: another run (process ")) << second.errors;
  EXPECT_TRUE(second.errors.ends_with(fmt::format(
      ") sends requests with an effect to {} now; nothing was sent: wait for its end, or "
      "leave --allow-effects out\n",
      origin)))
      << second.errors;
  EXPECT_EQ(second.output, "");
  EXPECT_EQ(tenant.connections(), 1U);
  tenant.Signal();
  const ProgramResult ended = first.Wait();
  EXPECT_NE(ended.output.find("1 of 11 contract clauses judged"), std::string::npos)
      << ended.output << ended.errors;
}

}  // namespace
}  // namespace conform
