#include "run/exchange_record.h"

#include <gtest/gtest.h>

#include <functional>

#include "record/example_record.h"

namespace conform {
namespace {

constexpr const char* kSecret = "acorn";

TestRecord Example() {
  TestRecord test = ExampleFailure();
  test.exchanges[0].attempts = {ExampleAttempt()};
  test.verdict.observed = {{"step", "status", "204"}};
  test.steps = {{"step", "request", false, true, ""}};
  return test;
}

using Place = std::function<std::string&(TestRecord&)>;

std::string& FieldOf(TestRecord& test, bool name) {
  FieldRecord& field = test.exchanges[0].attempts[0].request.fields.at(0);
  return name ? field.name : field.value;
}

TEST(RedactRecord, MasksWhatCrossedTheWireAndWhatWasSaidOfIt) {
  const Place places[] = {
      [](TestRecord& test) -> std::string& { return test.verdict.reason; },
      [](TestRecord& test) -> std::string& { return test.verdict.findings[0].actual; },
      [](TestRecord& test) -> std::string& { return test.verdict.observed[0].value; },
      [](TestRecord& test) -> std::string& { return test.steps[0].note; },
      [](TestRecord& test) -> std::string& { return test.exchanges[0].again; },
      [](TestRecord& test) -> std::string& { return FieldOf(test, false); },
      [](TestRecord& test) -> std::string& { return FieldOf(test, true); },
      [](TestRecord& test) -> std::string& { return test.exchanges[0].attempts[0].request.body; }};
  Redactor redactor("key");
  redactor.AddSecret(kSecret, "token");
  for (std::size_t i = 0; i < std::size(places); ++i) {
    TestRecord test = Example();
    places[i](test) = kSecret;
    RedactRecord(redactor, test);
    EXPECT_EQ(places[i](test), redactor.Redact(kSecret)) << i;
    EXPECT_EQ(test.masked_of, 1U) << i;
  }
}

TEST(RedactRecord, LeavesNamesAndTellsThatTheyHoldASecret) {
  const Place places[] = {
      [](TestRecord& test) -> std::string& { return test.suite; },
      [](TestRecord& test) -> std::string& { return test.title; },
      [](TestRecord& test) -> std::string& { return test.verdict.findings[0].clause.id; },
      [](TestRecord& test) -> std::string& { return test.verdict.findings[0].step; },
      [](TestRecord& test) -> std::string& { return test.verdict.observed[0].name; },
      [](TestRecord& test) -> std::string& { return test.verdict.reached_success.emplace_back(); },
      [](TestRecord& test) -> std::string& { return test.steps[0].name; },
      [](TestRecord& test) -> std::string& { return test.exchanges[0].step; },
      [](TestRecord& test) -> std::string& { return test.exchanges[0].attempts[0].remote_address; },
      [](TestRecord& test) -> std::string& { return test.exchanges[0].attempts[0].trouble_kind; }};
  Redactor redactor("key");
  redactor.AddSecret(kSecret, "token");
  for (std::size_t i = 0; i < std::size(places); ++i) {
    TestRecord test = Example();
    std::string& name = places[i](test);
    name = "an acorn";
    RedactRecord(redactor, test);
    EXPECT_EQ(name, "an acorn") << i;
    EXPECT_EQ(test.masked_of, std::nullopt) << i;
  }
}

TEST(RedactRecord, LooksAtTheClientClausesThatTheRequestKept) {
  Redactor redactor("key");
  redactor.AddSecret(kSecret, "token");
  TestRecord test = Example();
  test.verdict.client_kept = {{"sync.acorn", "sync", "2019-01"}};
  RedactRecord(redactor, test);
  EXPECT_EQ(test.masked_of, std::nullopt);
}

}  // namespace
}  // namespace conform
