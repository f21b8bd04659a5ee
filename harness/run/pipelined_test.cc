#include "run/pipelined.h"

#include <gtest/gtest.h>

#include <memory>
#include <utility>

#include "case/case.h"

namespace conform {
namespace {

struct PipelinedRow {
  const char* name;
  bool pipelined;
  void (*change)(Case&);
  void (*promise)(Contract&) = [](Contract&) {};
};

class PipelinedTest : public testing::TestWithParam<PipelinedRow> {};

TEST_P(PipelinedTest, OnlyWhatNothingElseHangsOn) {
  Case tested;
  tested.steps.resize(1);
  GetParam().change(tested);
  Contract contract;
  contract.responses.resize(1);
  GetParam().promise(contract);
  EvidencePlan plan;
  plan.contracts.assign(tested.steps.size(), &contract);
  const auto shared = std::make_shared<const EvidencePlan>(std::move(plan));
  EXPECT_EQ(IsPipelined({&tested, nullptr, &contract, shared}), GetParam().pipelined);
}

INSTANTIATE_TEST_SUITE_P(
    Run, PipelinedTest,
    testing::Values(
        PipelinedRow{"OneRequest", true, [](Case&) {}},
        PipelinedRow{"HasAState", false, [](Case&) {}, [](Contract& c) { c.responses.resize(2); }},
        PipelinedRow{
            "Lasts", false, [](Case&) {},
            [](Contract& c) { c.mock_lasts.emplace("state", std::chrono::milliseconds(1)); }},
        PipelinedRow{"IsAResource", false, [](Case&) {}, [](Contract& c) { c.resource.emplace(); }},
        PipelinedRow{"CleansUp", false, [](Case& c) { c.steps[0].cleans_up = true; }},
        PipelinedRow{"Captures", true, [](Case& c) { c.steps[0].captures.resize(1); }},
        PipelinedRow{"Observes", true, [](Case& c) { c.steps[0].observe = {"status"}; }},
        PipelinedRow{"IsTimed", false, [](Case& c) { c.steps[0].observe = {"duration"}; }},
        PipelinedRow{"HasALimit", false, [](Case& c) { c.limit = std::chrono::seconds(1); }},
        PipelinedRow{"TwoSteps", false, [](Case& c) { c.steps.resize(2); }},
        PipelinedRow{"Waits", false,
                     [](Case& c) { c.steps[0].wait = std::chrono::milliseconds(1); }},
        PipelinedRow{"Polls", false,
                     [](Case& c) { c.steps[0].poll = std::make_shared<PollSpec>(); }},
        PipelinedRow{"Settles", false,
                     [](Case& c) { c.steps[0].settle = std::make_shared<SettleSpec>(); }},
        PipelinedRow{"Follows", false,
                     [](Case& c) { c.steps[0].follow = std::make_shared<FollowSpec>(); }}),
    [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace conform
