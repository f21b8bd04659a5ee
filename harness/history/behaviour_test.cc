#include "history/behaviour.h"

#include <gtest/gtest.h>

#include "history/keep_run.h"
#include "record/example_record.h"

namespace conform {
namespace {

std::string Tell(const std::vector<BehaviourFact>& facts) {
  std::string text;
  for (const BehaviourFact& fact : facts) text += fact.place + ": " + fact.value + "\n";
  return text;
}

TestRecord AnsweredWith(const std::string& body) {
  TestRecord test = ExampleFailure();
  test.exchanges[0].attempts = {ExampleAttempt()};
  test.exchanges[0].attempts[0].response[0].body = body;
  test.exchanges[0].attempts[0].observations.clear();
  return test;
}

constexpr const char* kHead =
    "headers.content-type: present\nheaders.request-id: present\nstatus: 200\n";

struct BodyRow {
  const char* name;
  const char* body;
  const char* told;
};

class BehaviourOfBodyTest : public testing::TestWithParam<BodyRow> {};

TEST_P(BehaviourOfBodyTest, IsPlacesAndTypes) {
  EXPECT_EQ(Tell(BehaviourOf(AnsweredWith(GetParam().body))), GetParam().told + std::string(kHead));
}

const BodyRow kBodyRows[] = {
    {"None", "", "body: empty\n"},
    {"NoJsonAndCut", "<html>", "body: cut\n"},
    {"ValuesAreNoPart", R"({"id":"x","n":1.5,"ok":true,"none":null})",
     "body: object\nbody/id: string\nbody/n: number\nbody/none: null\nbody/ok: boolean\n"},
    {"ElementsTogether", R"({"value":[{"id":"a"},{"id":7,"more":[]}]})",
     "body: object\nbody/value: array\nbody/value/*: object\nbody/value/*/id: number | string\n"
     "body/value/*/more: array\n"},
    {"MembersNamedByAValue", R"({"6f1c3f1e-0000-4000-8000-000000000000":1,"17":{"a":2}})",
     "body: object\nbody/*: number | object\nbody/*/a: number\n"},
    {"PointersAreEscaped", R"({"a/b":{"c~d":1}})",
     "body: object\nbody/a~1b: object\nbody/a~1b/c~0d: number\n"},
    {"ErrorCode", R"({"error":{"code":"Forbidden","message":"No."}})",
     "body: object\nbody/error: object\nbody/error/code: string\nbody/error/message: string\n"
     "error.code: Forbidden\n"},
};

INSTANTIATE_TEST_SUITE_P(Behaviour, BehaviourOfBodyTest, testing::ValuesIn(kBodyRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(BehaviourOf, TellsWhatWasOddAndWhatTheCaseObserves) {
  TestRecord test = AnsweredWith("");
  test.exchanges[0].attempts[0].observations = {{"bare_lf", "a line ends in LF alone"}};
  test.verdict.observed = {{"", "duration", "12 ms"},
                           {"", "headers.Date", "Tue, 24 Nov 2026 22:54:03 GMT"}};
  EXPECT_EQ(Tell(BehaviourOf(test)),
            "body: empty\nheaders.content-type: present\nheaders.request-id: present\n"
            "observe.headers.Date: (time)\nstatus: 200\nwire.bare_lf: present\n");
}

TEST(BehaviourOf, IsOfEachStepsLastAnswer) {
  TestRecord test = AnsweredWith("");
  test.exchanges[0].step = "poll";
  test.exchanges[0].attempts.clear();
  test.exchanges.push_back(test.exchanges[0]);
  test.exchanges[1].status_line = "HTTP/1.1 202 Accepted";
  test.exchanges.push_back(ExampleExchange());
  test.exchanges[2].step = "read";
  test.exchanges[2].status_line = "";
  test.exchanges[2].attempts = {ExampleAttempt()};
  test.exchanges[2].attempts[0].trouble_kind = "timeout";
  EXPECT_EQ(Tell(BehaviourOf(test)), "poll: status: 202\nread: status: no answer: timeout\n");
}

TEST(IsOpenAt, ElementsOfAnArrayThatHasNone) {
  const auto facts = BehaviourOf(AnsweredWith(R"({"value":[],"other":[{"x":[]}]})"));
  EXPECT_TRUE(IsOpenAt("body/value/*", facts));
  EXPECT_TRUE(IsOpenAt("body/value/*/id", facts));
  EXPECT_FALSE(IsOpenAt("body/other/*/y", facts));
  EXPECT_TRUE(IsOpenAt("body/other/*/x/*/z", facts));
  EXPECT_FALSE(IsOpenAt("body/absent", facts));
}

TEST(KeepRun, KeepsWhatARunIsComparedBy) {
  RunRecord record = ExampleRecord();
  record.tests[0].exchanges[0].attempts = {ExampleAttempt()};
  record.header.files = {{"case", record.tests[0].path, "aa"},
                         {"spec",
                          "specs/graph/beta/deviceManagement/windowsAutopilotSettings/sync/"
                          "2019-01.yaml",
                          "bb"}};
  const auto kept = KeepRun(record, EvidenceOf(record), 1, "cc");
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->Series(), "mock at embedded mock");
  EXPECT_EQ(kept->sha256, "cc");
  ASSERT_EQ(kept->tests.size(), 2u);
  EXPECT_EQ(kept->tests[0].findings[0].message, "status is 200, the contract promises 204");
  EXPECT_EQ(kept->tests[0].durations[0].count(), 812);
  EXPECT_EQ(Tell(kept->connection),
            "http://127.0.0.1:8080: TLS version: TLSv1.3\n"
            "http://127.0.0.1:8080: certificate issuer: CN=Test CA\n");
}

TEST(KeepRun, AnEditedCaseHasAnotherDefinitionAndItsNeighbourHasNot) {
  RunRecord record = ExampleRecord();
  record.header.files = {{"case", record.tests[0].path, "aa"},
                         {"case", record.tests[1].path, "bb"}};
  const auto before = KeepRun(record, EvidenceOf(record), 0, "");
  record.header.files[0].sha256 = "ab";
  const auto edited = KeepRun(record, EvidenceOf(record), 0, "");
  ASSERT_TRUE(before && edited);
  EXPECT_NE(before->tests[0].definition, edited->tests[0].definition);
  EXPECT_EQ(before->tests[1].definition, edited->tests[1].definition);
  record.header.clauses[0].says = "Says otherwise.";
  const auto contract = KeepRun(record, EvidenceOf(record), 0, "");
  ASSERT_TRUE(contract);
  EXPECT_NE(contract->tests[1].definition.contract_sha256,
            edited->tests[1].definition.contract_sha256);
}

struct SpecRow {
  const char* name;
  FileRecord file;
  bool is_of_the_test;
};

class DefinitionOfContractTest : public testing::TestWithParam<SpecRow> {};

TEST_P(DefinitionOfContractTest, IsAnotherWhereItsFileIs) {
  RunRecord record = ExampleRecord();
  record.tests[0].operation = "notes.two";
  record.tests[0].edition = "2026-11";
  record.header.files = {GetParam().file};
  const auto before = KeepRun(record, EvidenceOf(record), 0, "");
  record.header.files[0].sha256 = "edited";
  const auto now = KeepRun(record, EvidenceOf(record), 0, "");
  ASSERT_TRUE(before && now);
  EXPECT_EQ(before->tests[0].definition != now->tests[0].definition, GetParam().is_of_the_test);
}

const SpecRow kSpecRows[] = {
    {"WhereverItLies", {"spec", "specs/notes/v1/two/a.yaml", "", "notes.two", "2026-11"}, true},
    {"OfAnotherOperation",
     {"spec", "specs/notes/two/2026-11.yaml", "", "notes.a", "2026-11"},
     false},
    {"OfAnotherEdition",
     {"spec", "specs/notes/two/2026-11.yaml", "", "notes.two", "2026-10"},
     false},
    {"OfARecordThatDoesNotSay", {"spec", "specs/graph/notes/two/2026-11.yaml", ""}, true},
    {"OfSuchARecordAnother", {"spec", "specs/graph/notes/one/2026-11.yaml", ""}, false},
};

INSTANTIATE_TEST_SUITE_P(KeepRun, DefinitionOfContractTest, testing::ValuesIn(kSpecRows),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace conform
