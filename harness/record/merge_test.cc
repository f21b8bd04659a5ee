#include "record/merge.h"

#include <gtest/gtest.h>

#include "record/example_record.h"
#include "record/run_record_json.h"

namespace conform {
namespace {

void AddTest(const char* name, Outcome outcome, RunRecord& record) {
  const auto position = static_cast<int>(record.tests.size());
  record.tests.push_back(ExampleTest(name, outcome));
  record.tests.back().position = position;
}

/// Shard `index` of 2 of a run of tests a, b, c, d, e that all passed.
RunRecord ShardOf(int index) {
  RunRecord shard = ExampleRecord();
  shard.tests.clear();
  shard.header.selected = shard.header.population = 5;
  shard.header.shard_count = 2;
  shard.header.shard_index = index;
  shard.header.started = ExampleTime() + std::chrono::seconds(index);
  const std::vector<const char*> names =
      index == 0 ? std::vector{"a", "c", "e"} : std::vector{"b", "d"};
  for (const char* name : names) AddTest(name, Outcome::kPass, shard);
  return shard;
}

std::string Describe(const Expected<RunRecord>& record) {
  if (!record) return record.error().message;
  std::string text;
  for (const TestRecord& test : record->tests) {
    text += test.name + " " + std::string(NameOf(test.verdict.outcome)) + "\n";
  }
  return text;
}

TEST(MergeShards, DealsTestsBackInTheOrderOfOneProcess) {
  EXPECT_EQ(Describe(MergeShards({ShardOf(1), ShardOf(0)})),
            "a pass\nb pass\nc pass\nd pass\ne pass\n");
}

TEST(MergeShards, IsTheRecordOfOneProcess) {
  const Expected<RunRecord> merged = MergeShards({ShardOf(0), ShardOf(1)});
  ASSERT_TRUE(merged);
  RunRecord alone = *merged;
  alone.header.shard_index = 0;
  alone.header.shard_count = 1;
  alone.header.started = ExampleTime();
  alone.duration = std::chrono::microseconds(1'005'000);  // the second began a second later
  alone.tests.clear();
  for (const char* name : {"a", "b", "c", "d", "e"}) AddTest(name, Outcome::kPass, alone);
  EXPECT_EQ(ToJson(*merged), ToJson(alone));
}

TEST(MergeShards, PutsWhatDidNotRunLast) {
  RunRecord first = ShardOf(0);
  first.tests.back().verdict.outcome = Outcome::kNotRun;
  first.tests.front().verdict.outcome = Outcome::kNotRun;
  EXPECT_EQ(Describe(MergeShards({first, ShardOf(1)})),
            "b pass\nc pass\nd pass\na not_run\ne not_run\n");
}

TEST(MergeShards, IsCompleteWhereEveryShardIs) {
  RunRecord killed = ShardOf(1);
  killed.complete = false;
  EXPECT_TRUE(MergeShards({ShardOf(0), ShardOf(1)})->complete);
  EXPECT_FALSE(MergeShards({ShardOf(0), killed})->complete);
}

TEST(MergeShards, TakesTheOneShardOfAWholeRun) {
  EXPECT_EQ(Describe(MergeShards({ExampleRecord()})),
            "documented_request fail\nwithout_authorization pass\n");
}

TEST(MergeShards, MocksMayListenAnywhere) {
  RunRecord other = ShardOf(1);
  other.header.target = "http://127.0.0.1:8081";
  EXPECT_TRUE(MergeShards({ShardOf(0), other}));
}

TEST(MergeShards, UnitesWhoAsked) {
  const IdentityRecord work{"delegated_work", "CONFORM_TOKEN_DELEGATED_WORK", "a", "", {}, {}};
  const IdentityRecord elsewhere{"delegated_work", "CONFORM_TOKEN_DELEGATED_WORK", "b", "", {}, {}};
  const IdentityRecord nobody{"none", "none", "", "", {}, {}};
  RunRecord first = ShardOf(0);
  RunRecord second = ShardOf(1);
  first.header.identities = {work, nobody};
  second.header.identities = {elsewhere, nobody};
  const auto merged = MergeShards({first, second});
  ASSERT_TRUE(merged);
  EXPECT_EQ(merged->header.identities, (std::vector{work, nobody, elsewhere}));
}

/// Each knew what its own tests exchanged.
TEST(MergeShards, UnitesWhatHoldsASecret) {
  RunRecord first = ShardOf(0);
  RunRecord second = ShardOf(1);
  first.header.secret_files = {"cases/b.yaml"};
  second.header.secret_files = {"cases/a.yaml", "cases/b.yaml"};
  const auto merged = MergeShards({first, second});
  ASSERT_TRUE(merged) << merged.error().message;
  EXPECT_EQ(merged->header.secret_files,
            (std::vector<std::string>{"cases/a.yaml", "cases/b.yaml"}));
}

RunRecord Changed(void (*change)(RunHeader&)) {
  RunRecord shard = ShardOf(1);
  change(shard.header);
  return shard;
}

TEST(MergeShardsRefuses, ShardsThatAreNotAWholeRun) {
  const auto told = [](std::vector<RunRecord> shards) {
    return Describe(MergeShards(std::move(shards)));
  };
  EXPECT_EQ(told({}), "there is nothing to merge");
  EXPECT_EQ(told({ShardOf(1)}), "shard 0 of 2, counted from 0, is missing");
  EXPECT_EQ(told({ShardOf(0)}), "shard 1 of 2, counted from 0, is missing");
  EXPECT_EQ(told({ShardOf(0), ShardOf(0)}), "shard 0 is there twice");
  EXPECT_EQ(told({ShardOf(0), ShardOf(1), ShardOf(1)}), "shard 1 is there twice");
}

TEST(MergeShardsRefuses, ShardsOfDifferentRuns) {
  const auto told = [](void (*change)(RunHeader&)) {
    return Describe(MergeShards({ShardOf(0), Changed(change)}));
  };
  const std::string start = "these are not shards of one run: ";
  EXPECT_EQ(told([](RunHeader& header) { header.tool.version = "0.2.0"; }),
            start + "the version of conform differs: 0.1.0 and 0.2.0");
  EXPECT_EQ(told([](RunHeader& header) { header.profile = "global"; }),
            start + "the profile differs: mock and global");
  EXPECT_EQ(told([](RunHeader& header) { header.strict = true; }),
            start + "the --strict differs: false and true");
  EXPECT_EQ(told([](RunHeader& header) { header.selected = 4; }),
            start + "the number of tests selected differs: 5 and 4");
  EXPECT_EQ(told([](RunHeader& header) {
              header.left_out.push_back({"s.t", "--gtest_filter=a"});
            }),
            start + "their filters or paths select other tests");
  EXPECT_EQ(told([](RunHeader& header) { header.population = 6; }),
            start + "the number of tests differs: 5 and 6");
  EXPECT_EQ(told([](RunHeader& header) { header.mock = false; }),
            start + "the kind of target differs: mock and service");
  RunRecord here = ShardOf(0);
  RunRecord there = ShardOf(1);
  here.header.mock = there.header.mock = false;
  here.header.target = "https://a.example";
  there.header.target = "https://b.example";
  EXPECT_EQ(Describe(MergeShards({here, there})),
            start + "the target differs: https://a.example and https://b.example");
  EXPECT_EQ(told([](RunHeader& header) { header.clauses[0].says = "Else."; }),
            start + "their clauses, deviations or files differ");
  RunRecord fewer = ShardOf(0);
  fewer.tests.erase(fewer.tests.begin() + 1);
  EXPECT_EQ(Describe(MergeShards({fewer, ShardOf(1)})),
            start + "their tests were not dealt out one by one");
}

}  // namespace
}  // namespace conform
