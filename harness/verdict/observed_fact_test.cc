#include "verdict/observed_fact.h"

#include <gtest/gtest.h>

#include "verdict/sample_bench.h"

namespace conform {
namespace {

struct FactRow {
  std::string name;
  std::string value;
};

TEST(Observe, ReadsWhatIsNamed) {
  Attempt attempt = SampleAttempt(
      429, {{"Retry-After", "1.5"}, {"X-Odd", "a\x1b[31m"}, {"Vary", "A"}, {"vary", "B"}},
      R"({"error":{"code":"Busy","list":[{"n":1},2],"long":null},"a.b":{"c.d":[7],"c":{}},"@odata.nextLink":"https://x","a":{"b":2}})");
  attempt.times.last_byte = std::chrono::microseconds(1'550);
  const std::vector<FactRow> rows = {
      {"status", "429"},
      {"duration", "1.6 ms"},
      {"headers.retry-after", "1.5"},
      {"headers.X-Odd", "a\\x1B[31m"},
      {"headers.Vary", "A, B"},
      {"headers.Absent", "absent"},
      {"body.error.code", "\"Busy\""},
      {"body.error", "an object of 3 members"},
      {"body.error.list", "an array of 2 items"},
      {"body.error.list.0.n", "1"},
      {"body.error.list.7", "absent"},
      {"body.error.list.x", "absent"},
      {"body.error.long", "null"},
      {"body.error.code.deeper", "absent"},
      {"body.nothing", "absent"},
      {"body.@odata.nextLink", "\"https://x\""},
      {"body.a.b", "an object of 2 members"},
      {"body.a.b.c.d.0", "7"},
      {"body.a.b.c", "an object of 0 members"},
      {"body.a.", "absent"},
  };
  for (const FactRow& row : rows) EXPECT_EQ(Observe(attempt, row.name), row.value) << row.name;
  attempt.times.last_byte.reset();
  EXPECT_EQ(Observe(attempt, "duration"), "0.0 ms");
}

TEST(Observe, IsAbsentWithoutAnAnswerOrWithoutJson) {
  Attempt attempt = SampleAttempt(200, {}, "<html>");
  EXPECT_EQ(Observe(attempt, "body.error"), "absent");
  EXPECT_EQ(Observe(SampleAttempt(200, {}, "{\"a\":1e999}"), "body.a"), "absent");
  attempt.response.reset();
  for (const char* name : {"status", "duration", "headers.Date", "body.error"}) {
    EXPECT_EQ(Observe(attempt, name), "absent") << name;
  }
}

}  // namespace
}  // namespace conform
