#include "run/exchange_record.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>

#include "record/example_record.h"
#include "record/run_record_json.h"

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

AttemptRecord& AttemptOf(TestRecord& test) { return test.exchanges[0].attempts[0]; }

std::string& FieldOf(TestRecord& test, bool name) {
  FieldRecord& field = AttemptOf(test).request.fields.at(0);
  return name ? field.name : field.value;
}

TEST(RedactRecord, MasksWhatCrossedTheWireAndWhatWasSaidOfIt) {
  const Place places[] = {
      [](TestRecord& test) -> std::string& { return test.verdict.reason; },
      [](TestRecord& test) -> std::string& { return test.verdict.findings[0].expected; },
      [](TestRecord& test) -> std::string& { return test.verdict.findings[0].actual; },
      [](TestRecord& test) -> std::string& { return test.verdict.findings[0].message; },
      [](TestRecord& test) -> std::string& { return test.verdict.findings[0].excerpt; },
      [](TestRecord& test) -> std::string& { return test.verdict.findings[0].diff.emplace_back(); },
      [](TestRecord& test) -> std::string& { return test.verdict.observed[0].value; },
      [](TestRecord& test) -> std::string& { return test.steps[0].note; },
      [](TestRecord& test) -> std::string& { return test.exchanges[0].request_line; },
      [](TestRecord& test) -> std::string& { return test.exchanges[0].status_line; },
      [](TestRecord& test) -> std::string& { return test.exchanges[0].client_request_id; },
      [](TestRecord& test) -> std::string& { return test.exchanges[0].request_id; },
      [](TestRecord& test) -> std::string& { return test.exchanges[0].trouble; },
      [](TestRecord& test) -> std::string& { return test.exchanges[0].again; },
      [](TestRecord& test) -> std::string& { return FieldOf(test, false); },
      [](TestRecord& test) -> std::string& { return FieldOf(test, true); },
      [](TestRecord& test) -> std::string& { return AttemptOf(test).request.start_line; },
      [](TestRecord& test) -> std::string& { return AttemptOf(test).request.body; },
      [](TestRecord& test) -> std::string& {
        return AttemptOf(test).response.emplace_back().start_line;
      },
      [](TestRecord& test) -> std::string& {
        return AttemptOf(test).response.emplace_back().trailers.emplace_back().value;
      },
      [](TestRecord& test) -> std::string& {
        return AttemptOf(test).interim.emplace_back().fields.emplace_back().value;
      },
      [](TestRecord& test) -> std::string& {
        return AttemptOf(test).observations.emplace_back().detail;
      },
      [](TestRecord& test) -> std::string& { return AttemptOf(test).trouble; }};
  Redactor redactor("key");
  redactor.AddSecret(kSecret, "token");
  for (std::size_t i = 0; i < std::size(places); ++i) {
    TestRecord test = Example();
    std::string& text = places[i](test);
    text = kSecret;
    RedactRecord(redactor, test);
    EXPECT_EQ(text, redactor.Redact(kSecret)) << i;
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

/// Of an answer with that content.
MessageRecord Recorded(std::string content) {
  Exchange exchange;
  Response& answer = exchange.attempts.emplace_back().response.emplace();
  answer.body_bytes = content.size();
  answer.decoded_body = std::move(content);
  return RecordExchange(std::move(exchange), {"http", "a", 80}).attempts[0].response[0];
}

TEST(RecordExchange, KeepsTextAsItCameAndSaysOfWhatIsNoneThatItIsShown) {
  const std::string odd = "a\r\n\u202E\uFFFF\x7F##vso[x]\\u{202E}";
  EXPECT_EQ(Recorded(odd).body, odd);
  EXPECT_TRUE(Recorded(odd).HoldsContent());
  const MessageRecord latin1 = Recorded("M\xFCller\r");
  EXPECT_EQ(latin1.body, "M\\xFCller\\x0D");
  EXPECT_TRUE(latin1.body_shown);
  EXPECT_FALSE(latin1.body_cut);
}

TEST(RecordExchange, CutsTextAtACharacter) {
  for (std::size_t before = kMostRecordedBody - 3; before <= kMostRecordedBody; ++before) {
    const std::string begin(before, 'a');
    const MessageRecord message = Recorded(begin + "€€");
    const std::string_view whole = before + 3 <= kMostRecordedBody ? "€" : "";
    EXPECT_EQ(message.body, fmt::format("{}{}…", begin, whole)) << before;
    EXPECT_TRUE(message.body_cut);
    EXPECT_FALSE(message.body_shown);
    EXPECT_EQ(message.body_bytes, before + 6);
  }
}

/// Where a text is cut a secret may be, too: what is left of it is one all the same.
TEST(RecordExchange, LeavesNothingOfASecretThatIsCut) {
  const std::string secret = "Sekret-abcdefghijklmnop";
  Redactor redactor("key");
  redactor.AddSecret(secret, "token");
  for (std::size_t left = 0; left <= secret.size(); ++left) {
    TestRecord test = Example();
    Exchange exchange;
    Attempt& attempt = exchange.attempts.emplace_back();
    attempt.request.body = std::string(kMostRecordedBody - left, ' ') + secret;
    attempt.request.fields = {{"A", std::string(8'000 - left, ' ') + secret}};
    attempt.response = Response{};
    attempt.response->status_line = std::string(200 - left, ' ') + secret;
    test.exchanges = {RecordExchange(std::move(exchange), {"http", "a", 80})};
    RedactRecord(redactor, test);
    std::string text;
    AppendJson(test, text);
    EXPECT_EQ(text.find("Sekr"), std::string::npos) << left;
  }
}

}  // namespace
}  // namespace conform
