#include "run/self_check.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "mock/fault.h"

namespace conform {
namespace {

/// The bundled contracts, and of the cases those below `folder`.
std::unique_ptr<Workspace> LoadBundled(const std::string& folder) {
  Diagnostics diagnostics;
  WorkspaceOptions options;
  options.paths = {CONFORM_SOURCE "/cases" + folder};
  auto loaded = LoadWorkspace(
      options,
      {CONFORM_SOURCE "/specs", CONFORM_SOURCE "/cases", CONFORM_SOURCE "/harness/profiles"},
      diagnostics);
  EXPECT_EQ(diagnostics.RenderAll(), "");
  loaded->profile.bounds.read = std::chrono::milliseconds(500);
  return loaded;
}

/// One operation's cases are enough to see a check missing.
const Workspace& Bundled() {
  static const std::unique_ptr<Workspace> workspace =
      LoadBundled("/graph/beta/deviceManagement/windowsAutopilotSettings/sync");
  return *workspace;
}

/// A fault that breaks a clause which this check holds, or an empty name.
std::string_view FaultAgainst(const std::string& check) {
  for (const Fault& fault : FaultCatalogue()) {
    for (const std::string_view id : fault.breaks) {
      const ProtocolClause* clause = Bundled().catalog.FindProtocolClause(id);
      if (clause != nullptr && clause->check == check) return fault.name;
    }
  }
  return "";
}

/// Whether only clauses that say why they are untested are held by it: no sound answer judges them,
/// so the self-check asks for no fault against them. The tests of verdict/ see each fail.
bool HoldsUntestedAlone(const std::string& check) {
  for (const ProtocolSet& set : Bundled().catalog.protocols) {
    for (const ProtocolClause& each : set.clauses) {
      if (each.check == check && each.clause.untested.empty()) return false;
    }
  }
  return true;
}

bool Holds(const CheckTable& checks, const std::set<std::string_view>& only) {
  SystemClock clock;
  const auto result = RunSelfCheck(
      Bundled(), clock, checks, [](const FaultResult&) {}, only);
  return result && result->Holds();
}

TEST(RunSelfCheck, HoldsWithEveryCheckAndFault) {
  SystemClock clock;
  std::string trouble;
  std::size_t faults = 0;
  const auto everything = LoadBundled("");
  const auto result =
      RunSelfCheck(*everything, clock, StandardChecks(), [&](const FaultResult& fault) {
        ++faults;
        if (!fault.IsCaught()) trouble += fmt::format("{} ", fault.fault);
      });
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(trouble, "");
  EXPECT_EQ(faults, FaultCatalogue().size());
  EXPECT_TRUE(result->broken_without_fault.empty());
  EXPECT_TRUE(result->without_effect.empty());
  EXPECT_TRUE(result->without_case.empty());
  EXPECT_TRUE(result->unbreakable.empty());
  EXPECT_TRUE(result->Holds());
}

TEST(RunSelfCheck, DoesNotHoldWithoutAProtocolCheck) {
  for (const auto& [name, unused] : StandardChecks().protocol) {
    SCOPED_TRACE(name);
    if (HoldsUntestedAlone(name)) continue;
    const std::string_view fault = FaultAgainst(name);
    ASSERT_NE(fault, "");
    CheckTable checks = StandardChecks();
    EXPECT_TRUE(Holds(checks, {fault}));
    checks.protocol.erase(name);
    EXPECT_FALSE(Holds(checks, {fault}));
  }
}

TEST(RunSelfCheck, DoesNotHoldWithoutTheStatus) {
  CheckTable checks = StandardChecks();
  EXPECT_TRUE(Holds(checks, {"success_200"}));
  checks.expectations.erase(Expectation::Subject::kStatus);
  EXPECT_FALSE(Holds(checks, {"success_200"}));
}

TEST(RunSelfCheck, DoesNotHoldWithACheckThatAlwaysFails) {
  CheckTable checks = StandardChecks();
  checks.protocol["http_date"].judge = [](const Attempt&, const nlohmann::json&) {
    return CheckResult::Broken({"headers.Date", "another", "this"});
  };
  SystemClock clock;
  const auto result =
      RunSelfCheck(Bundled(), clock, checks, [](const FaultResult&) {}, {"no_allow"});
  ASSERT_TRUE(result.has_value());
  EXPECT_FALSE(result->broken_without_fault.empty());
  EXPECT_EQ(result->faults.at(0).strays, std::vector<std::string>{"http.date.format"});
  EXPECT_FALSE(result->Holds());
}

TEST(RunSelfCheck, PlantsNothingOfWhatNobodyPromises) {
  SystemClock clock;
  const auto result = RunSelfCheck(Bundled(), clock, StandardChecks(), [](const FaultResult&) {},
                                   {"next_link_missing", "no_date"});
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->not_planted, std::vector<std::string_view>{"next_link_missing"});
  ASSERT_EQ(result->faults.size(), 1U);
  EXPECT_EQ(result->faults.front().fault, "no_date");
  EXPECT_TRUE(result->faults.front().IsCaught());
}

TEST(RunSelfCheck, AFaultThatChangesNoAnswerMissesNothing) {
  const auto one = LoadBundled(
      "/graph/beta/deviceManagement/windowsAutopilotSettings/sync/documented_request.yaml");
  SystemClock clock;
  const auto result = RunSelfCheck(*one, clock, StandardChecks(), [](const FaultResult&) {});
  ASSERT_TRUE(result.has_value());
  // Nothing is answered 405 here: what no_allow would break lacks a case, and that is all.
  EXPECT_EQ(std::count(result->without_effect.begin(), result->without_effect.end(), "no_allow"),
            1);
  EXPECT_EQ(std::count(result->without_case.begin(), result->without_case.end(),
                       ClauseKey{"http.405.allow", "", ""}),
            1);
  for (const FaultResult& fault : result->faults) EXPECT_TRUE(fault.IsCaught()) << fault.fault;
  EXPECT_TRUE(result->CatchesAll());
  EXPECT_FALSE(result->Holds());
}

TEST(RunSelfCheck, TellsAServiceClauseThatNoFaultBreaks) {
  // One fault alone breaks few clauses: with all planted each must be broken.
  SelfCheck check;
  EXPECT_TRUE(check.Holds());
  check.unbreakable = {{"http.date.present", "", ""}};
  EXPECT_FALSE(check.Holds());
}

}  // namespace
}  // namespace conform
