#include "report/mock_text.h"

#include <gtest/gtest.h>

#include "record/example_record.h"

namespace conform {
namespace {

struct TargetRow {
  const char* target;
  bool mock;
  const char* noun;
  const char* proof;
  const char* mark;
};

TEST(MockText, NamesWhoAnsweredForWhatItIs) {
  const TargetRow rows[] = {
      {"embedded mock", true, "the mock",
       "a mock answered, which proves the harness, not the service", " (MOCK RUN)"},
      {"http://127.0.0.1:8080", true, "the server on this machine",
       "a server on this machine answered, which proves nothing of a service elsewhere",
       " (LOCAL RUN)"},
      {"http://[::1]:9", false, "the server on this machine",
       "a server on this machine answered, which proves nothing of a service elsewhere",
       " (LOCAL RUN)"},
      {"https://graph.microsoft.com", false, "the service", "the service answered", ""},
  };
  for (const TargetRow& row : rows) {
    RunRecord record = ExampleRecord();
    RunHeader& header = record.header;
    header.target = row.target;
    header.mock = row.mock;
    EXPECT_EQ(TargetNoun(header), row.noun) << row.target;
    EXPECT_EQ(DescribeProof(record), row.proof) << row.target;
    EXPECT_EQ(MarkOfMock(header), row.mark) << row.target;
  }
}

TEST(MockText, ProvesNothingWithoutAnAnswerOrAClause) {
  RunRecord record = ExampleRecord();
  EXPECT_EQ(WhatItProves(record), "the harness (a mock answered)");
  record.header.target = "http://127.0.0.1:9";
  record.header.mock = false;
  EXPECT_EQ(WhatItProves(record),
            "nothing of a service elsewhere (a server on this machine answered)");
  for (TestRecord& test : record.tests) test.verdict.judged = {};
  EXPECT_EQ(WhatItProves(record), "nothing (no clause of a contract was judged)");
  for (TestRecord& test : record.tests) test.exchanges.clear();
  EXPECT_EQ(WhatItProves(record), "nothing (nobody answered)");
  EXPECT_EQ(DescribeProof(record), "nobody answered, which proves nothing");
}

}  // namespace
}  // namespace conform
