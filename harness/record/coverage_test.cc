#include "record/coverage.h"

#include <gtest/gtest.h>

#include <ostream>

#include "record/example_record.h"

namespace conform {
namespace {

/// A test `t` that judged or kept what is given.
TestRecord Judging(std::vector<JudgedClause> judged, std::vector<ClauseKey> client_kept = {}) {
  TestRecord test = ExampleTest("t", Outcome::kPass);
  test.suite = "s";
  test.verdict.judged = std::move(judged);
  test.verdict.client_kept = std::move(client_kept);
  return test;
}

/// `judged +s.t -s.u`.
std::string Describe(const ClauseCoverage& entry) {
  std::string text(NameOf(entry.state));
  for (const std::string& id : entry.kept_by) text += " +" + id;
  for (const std::string& id : entry.broken_by) text += " -" + id;
  return text;
}

struct CoverageRow {
  const char* name;
  ClauseRecord clause;
  bool judged;
  bool kept;
  bool client_kept;
  const char* coverage;
};

void PrintTo(const CoverageRow& row, std::ostream* out) { *out << row.name; }

class ComputeCoverageTest : public testing::TestWithParam<CoverageRow> {};

TEST_P(ComputeCoverageTest, TellsHowAClauseStands) {
  const CoverageRow& row = GetParam();
  RunRecord record;
  record.header.clauses = {row.clause};
  std::vector<JudgedClause> judged;
  std::vector<ClauseKey> client_kept;
  if (row.judged) judged.push_back({row.clause.key, row.kept});
  if (row.client_kept) client_kept.push_back(row.clause.key);
  record.tests = {Judging(judged, client_kept)};
  EXPECT_EQ(Describe(ComputeCoverage(record)[0]), row.coverage);
}

constexpr Binds kService = Binds::kService;

const CoverageRow kRows[] = {
    {"Kept", ExampleClause("c", kService, Strength::kMust), true, true, false, "judged +s.t"},
    {"Broken", ExampleClause("c", kService, Strength::kShould), true, false, false, "judged -s.t"},
    {"Nowhere", ExampleClause("c", kService, Strength::kMust), false, false, false, "missing"},
    {"UntestedForAReason", ExampleClause("c", kService, Strength::kMust, "why"), false, false,
     false, "untested"},
    {"JudgedThoughSaidToBeUntested", ExampleClause("c", kService, Strength::kMust, "why"), true,
     true, false, "judged +s.t"},
    {"KeptByTheClient", ExampleClause("c", Binds::kClient, Strength::kMust), false, false, true,
     "client_kept +s.t"},
    {"OfTheClientNeverKept", ExampleClause("c", Binds::kClient, Strength::kMust), false, false,
     false, "missing"},
    {"OfTheTenant", ExampleClause("c", Binds::kTenant, Strength::kMust), false, false, false,
     "tenant"},
    {"OfNobody", ExampleClause("c", Binds::kNobody, Strength::kObserve), false, false, false,
     "observed"},
    {"OnlyObserved", ExampleClause("c", kService, Strength::kObserve), false, false, false,
     "observed"},
};

INSTANTIATE_TEST_SUITE_P(Coverage, ComputeCoverageTest, testing::ValuesIn(kRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(ComputeCoverage, TellsEditionsAndProtocolsApart) {
  RunRecord record;
  ClauseRecord older = ExampleClause("c", kService, Strength::kMust);
  ClauseRecord newer = older;
  newer.key.edition = "2024-08";
  const ClauseRecord protocol = ExampleProtocolClause("c", Strength::kMust);
  record.header.clauses = {older, newer, protocol};
  record.tests = {Judging({{newer.key, true}}), Judging({{{"c", "", ""}, false}}),
                  Judging({{{"unknown", "", ""}, false}})};
  const auto coverage = ComputeCoverage(record);
  ASSERT_EQ(coverage.size(), 3U);
  EXPECT_EQ(Describe(coverage[0]), "missing");
  EXPECT_EQ(Describe(coverage[1]), "judged +s.t");
  EXPECT_EQ(Describe(coverage[2]), "judged -s.t");
}

TEST(ComputeCoverage, TellsListsApartThatGrewOutOfOne) {
  RunRecord record;
  record.header.clauses = {ExampleClause("a", kService, Strength::kMust),
                           ExampleClause("b", kService, Strength::kMust)};
  const SharedList<JudgedClause> shared = {{ExampleProtocolClause("f", Strength::kMust).key, true}};
  for (const ClauseRecord& clause : record.header.clauses) {
    TestRecord test = Judging({});
    test.name = clause.key.id;
    test.verdict.judged = shared;
    test.verdict.judged.push_back({clause.key, true});
    record.tests.push_back(std::move(test));
  }
  const auto coverage = ComputeCoverage(record);
  EXPECT_EQ(Describe(coverage[0]), "judged +s.a");
  EXPECT_EQ(Describe(coverage[1]), "judged +s.b");
}

TEST(CountContractClauses, CountsWhatTheServicePromised) {
  RunRecord record;
  const ClauseRecord judged = ExampleClause("a", kService, Strength::kMust);
  const ClauseRecord should = ExampleClause("b", kService, Strength::kShould);
  const ClauseRecord client = ExampleClause("e", Binds::kClient, Strength::kMust);
  const ClauseRecord protocol = ExampleProtocolClause("f", Strength::kMust);
  record.header.clauses = {judged,
                           should,
                           ExampleClause("c", kService, Strength::kMust, "why"),
                           ExampleClause("d", kService, Strength::kObserve),
                           client,
                           protocol};
  record.tests = {
      Judging({{judged.key, true}, {should.key, false}, {protocol.key, true}}, {client.key})};
  const CoverageCount count = CountContractClauses(ComputeCoverage(record));
  EXPECT_EQ(count.judged, 2U);
  EXPECT_EQ(count.promised, 3U);
}

}  // namespace
}  // namespace conform
