#include "report/mock_text.h"

#include <gtest/gtest.h>

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
      {"https://graph.microsoft.com", false, "the service", "the service answered", ""},
  };
  for (const TargetRow& row : rows) {
    RunHeader header;
    header.target = row.target;
    header.mock = row.mock;
    EXPECT_EQ(TargetNoun(header), row.noun) << row.target;
    EXPECT_EQ(DescribeProof(header), row.proof) << row.target;
    EXPECT_EQ(MarkOfMock(header), row.mark) << row.target;
  }
}

}  // namespace
}  // namespace conform
