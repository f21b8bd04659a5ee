#include "report/har.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "record/example_record.h"

namespace conform {
namespace {

using nlohmann::json;
using std::chrono::microseconds;

/// The text of run.har, or the error.
std::string Write(const RunRecord& record, const HarLimits& limits = {}) {
  std::string text;
  const auto written = WriteHar(
      record, EvidenceOf(record),
      [&](std::string_view path, std::string_view bytes) -> Expected<void> {
        EXPECT_EQ(path, "run.har");
        text = bytes;
        return {};
      },
      limits);
  return written ? text : written.error().message;
}

json Log(const RunRecord& record, const HarLimits& limits = {}) {
  return json::parse(Write(record, limits))["log"];
}

AttemptRecord Answered() {
  AttemptRecord attempt;
  attempt.started = ExampleTime();
  attempt.times.lookup = std::chrono::microseconds(1'000);
  attempt.times.connect = std::chrono::microseconds(3'000);
  attempt.times.tls = std::chrono::microseconds(8'000);
  attempt.times.first_byte = std::chrono::microseconds(20'000);
  attempt.times.last_byte = std::chrono::microseconds(20'500);
  attempt.remote_address = "[::1]:8443";
  attempt.request.start_line = "POST /beta/sync?$top=1&q=a%20b HTTP/1.1";
  attempt.request.fields = {{"Host", "localhost"}, {"Content-Type", "application/json"}};
  attempt.request.body = "{}";
  attempt.request.body_bytes = 2;
  MessageRecord answer;
  answer.start_line = "HTTP/1.1 302 Found";
  answer.fields = {{"location", "/beta/elsewhere"}, {"Content-Type", "text/plain"}};
  answer.body = "beginn";
  answer.body_cut = true;
  answer.body_bytes = 70'000;
  attempt.response = {answer};
  attempt.tls = {{"TLSv1.3", "ab12", "CN=ca", "CN=localhost", "2030-01-01"}};
  attempt.observations = {{"bare_lf", "at the status line"}};
  return attempt;
}

AttemptRecord Refused() {
  AttemptRecord attempt;
  attempt.started = ExampleTime() - std::chrono::seconds(1);
  attempt.request.start_line = "POST /beta/sync HTTP/1.1";
  attempt.trouble = "connection refused";
  attempt.trouble_kind = "connect";
  return attempt;
}

RunRecord With(std::vector<AttemptRecord> attempts) {
  RunRecord record = ExampleRecord();
  record.tests[0].exchanges[0].step = "start";
  record.tests[0].exchanges[0].request_line =
      "POST https://localhost:8443/beta/sync?$top=1&q=a%20b";
  record.tests[0].exchanges[0].attempts = std::move(attempts);
  return record;
}

constexpr const char* kEntry = R"({
 "startedDateTime": "2026-11-24T22:54:03.120Z",
 "time": 20.5,
 "request": {"method": "POST", "url": "https://localhost:8443/beta/sync?$top=1&q=a%20b",
  "httpVersion": "HTTP/1.1", "cookies": [],
  "headers": [{"name": "Host", "value": "localhost"},
              {"name": "Content-Type", "value": "application/json"}],
  "queryString": [{"name": "$top", "value": "1"}, {"name": "q", "value": "a b"}],
  "headersSize": -1, "bodySize": 2,
  "postData": {"mimeType": "application/json", "text": "{}"}},
 "response": {"status": 302, "statusText": "Found", "httpVersion": "HTTP/1.1", "cookies": [],
  "headers": [{"name": "location", "value": "/beta/elsewhere"},
              {"name": "Content-Type", "value": "text/plain"}],
  "content": {"size": 70000, "mimeType": "text/plain", "text": "beginn", "_body_cut": true,
              "comment": "only the beginning of 70000 bytes"},
  "redirectURL": "/beta/elsewhere", "headersSize": -1, "bodySize": 70000},
 "cache": {},
 "timings": {"blocked": -1, "dns": 1.0, "connect": 7.0, "ssl": 5.0, "send": 0, "wait": 12.0,
             "receive": 0.5, "comment": "the time to send is part of wait"},
 "serverIPAddress": "::1",
 "connection": "8443",
 "comment": "deviceManagement_windowsAutopilotSettings_sync/2019_01.documented_request, step start: fail",
 "_conform": {"test": "deviceManagement_windowsAutopilotSettings_sync/2019_01.documented_request",
  "step": "start", "outcome": "fail", "attempt": 1, "attempts": 1, "reused_connection": false,
  "tls": {"version": "TLSv1.3", "certificate_sha256": "ab12"},
  "observations": [{"name": "bare_lf", "detail": "at the status line"}]}
})";

TEST(WriteHar, AnAttemptIsAnEntryWithAllThatIsKnown) {
  const json log = Log(With({Answered()}));
  EXPECT_EQ(log["version"], "1.2");
  EXPECT_EQ(log["creator"], json::parse(R"({"name": "conform", "version": "0.1.0"})"));
  EXPECT_EQ(log["comment"],
            "profile mock, target embedded mock: a mock answered, which proves the harness, not "
            "the service");
  ASSERT_EQ(log["entries"].size(), 1U);
  EXPECT_EQ(log["entries"][0], json::parse(kEntry)) << log["entries"][0].dump(1);
}

TEST(WriteHar, AnAttemptWithoutAnAnswerHasStatusZeroAndItsTrouble) {
  const json entry = Log(With({Refused()}))["entries"][0];
  EXPECT_EQ(entry["response"], json::parse(R"({
    "status": 0, "statusText": "", "httpVersion": "", "cookies": [], "headers": [],
    "content": {"size": 0, "mimeType": "x-unknown"}, "redirectURL": "", "headersSize": -1,
    "bodySize": -1, "_error": "connection refused"})"));
  EXPECT_EQ(entry["time"], 0.0);
  EXPECT_EQ(entry["timings"]["dns"], -1);
  EXPECT_FALSE(entry.contains("serverIPAddress"));
}

TEST(WriteHar, AnAttemptWithoutAnAnswerLastedUntilItWasGivenUp) {
  AttemptRecord silent = Refused();
  silent.times.connect = microseconds(500);
  silent.times.given_up = microseconds(1'000'500);
  const json entry = Log(With({silent}))["entries"][0];
  EXPECT_EQ(entry["time"], 1000.5);
  EXPECT_EQ(entry["timings"]["wait"], 1000.0);
  EXPECT_EQ(entry["timings"]["receive"], 0.0);
  silent.times.first_byte = microseconds(100'500);  // then nothing more
  silent.times.last_byte = microseconds(100'500);
  const json begun = Log(With({silent}))["entries"][0];
  EXPECT_EQ(begun["time"], 1000.5);
  EXPECT_EQ(begun["timings"]["wait"], 100.0);
  EXPECT_EQ(begun["timings"]["receive"], 900.0);
}

TEST(WriteHar, EveryAttemptStandsTheOldestFirst) {
  const json entries = Log(With({Answered(), Refused()}))["entries"];
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0]["startedDateTime"], "2026-11-24T22:54:02.120Z");
  EXPECT_EQ(entries[0]["_conform"]["attempt"], 2);
  EXPECT_EQ(entries[1]["startedDateTime"], "2026-11-24T22:54:03.120Z");
}

TEST(WriteHar, TellsTheAddressOfWhateverWasAsked) {
  const std::pair<const char*, const char*> rows[] = {
      {"GET /a/b HTTP/1.1", "https://localhost:8443/a/b"},
      {"GET /a b\xFF{}?x=%zz HTTP/1.1", "https://localhost:8443/a%20b%FF%7B%7D?x=%25zz"},
      {"GET http://other.example/x HTTP/1.1", "http://other.example/x"},
      {"GET /a?u=https://b.example/c HTTP/1.1", "https://localhost:8443/a?u=https://b.example/c"},
      {"GET /a://b HTTP/1.1", "https://localhost:8443/a://b"},
      {"OPTIONS * HTTP/1.1", "https://localhost:8443/"},
      {"GET", "https://localhost:8443/"},
      {"", "https://localhost:8443/"}};
  for (const auto& [line, url] : rows) {
    AttemptRecord attempt = Answered();
    attempt.request.start_line = line;
    EXPECT_EQ(Log(With({attempt}))["entries"][0]["request"]["url"], url) << line;
  }
}

TEST(WriteHar, TellsTheContentOrThatItDoesNot) {
  AttemptRecord attempt = Answered();
  MessageRecord& answer = attempt.response[0];
  answer.body_cut = false;
  answer.body = "\u202E\x7F##vso[x]";
  const std::string text = Write(With({attempt}));
  EXPECT_NE(text.find(R"("text":"\u202e\u007f#\u0023vso[x]")"), std::string::npos) << text;
  EXPECT_EQ(json::parse(text)["log"]["entries"][0]["response"]["content"],
            (json{{"size", 12}, {"mimeType", "text/plain"}, {"text", answer.body}}));
  answer.body = "\\xFF";
  answer.body_shown = true;
  answer.body_bytes = 1;
  attempt.request.body_shown = true;
  const json entry = Log(With({attempt}))["entries"][0];
  EXPECT_EQ(entry["response"]["content"],
            (json{{"size", 1},
                  {"mimeType", "text/plain"},
                  {"text", "\\xFF"},
                  {"_body_shown", true},
                  {"comment", "no UTF-8 text: odd bytes are shown as \\xNN"}}));
  EXPECT_EQ(entry["request"]["postData"]["_body_shown"], true);
  answer.fields.push_back({"Content-Encoding", "gzip"});
  EXPECT_EQ(Log(With({attempt}))["entries"][0]["response"]["content"]["size"], -1);
}

TEST(WriteHar, AStatusLineThatIsNoneIsToldAsFarAsItGoes) {
  const std::pair<const char*, int> rows[] = {
      {"HTTP/1.1 204", 204}, {"HTTP/1.1  204 No", 0}, {"nonsense", 0}, {"", 0}};
  for (const auto& [line, status] : rows) {
    AttemptRecord attempt = Answered();
    attempt.response[0].start_line = line;
    EXPECT_EQ(Log(With({attempt}))["entries"][0]["response"]["status"], status) << line;
  }
}

TEST(WriteHar, OfALargeRunOnlyWhatDidNotPassIsThereAndItSaysSo) {
  RunRecord record = With({Answered()});
  record.tests[1].exchanges = record.tests[0].exchanges;
  EXPECT_EQ(Log(record)["entries"].size(), 2U);
  const json log = Log(record, {1});
  EXPECT_EQ(log["entries"].size(), 1U);
  EXPECT_EQ(log["comment"],
            "profile mock, target embedded mock: a mock answered, which proves the harness, not "
            "the service; of 2 tests only those that did not pass are here, 1 left out: "
            "run.json has all");
}

TEST(WriteHar, CarriesUpThatTheEvidenceIsGone) {
  const RunRecord record = With({Answered()});
  const auto gone = [](std::size_t) -> Expected<TestRecord> { return Fail("it was removed"); };
  const auto written = WriteHar(record, gone, [](auto, auto) -> Expected<void> { return {}; });
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().message, "it was removed");
}

}  // namespace
}  // namespace conform
