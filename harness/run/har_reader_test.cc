#include "run/har_reader.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "base/date.h"
#include "record/example_record.h"
#include "report/har.h"
#include "run/exchange_record.h"
#include "run/har_text.h"
#include "testing/golden.h"

namespace conform {
namespace {

std::shared_ptr<const SourceText> Text(std::string text) {
  return std::make_shared<const SourceText>("session.har", std::move(text));
}

/// What is told of a recording that is wrong.
std::string ErrorsOf(std::string text) {
  Diagnostics diagnostics;
  EXPECT_TRUE(ReadHar(Text(std::move(text)), diagnostics).empty());
  return diagnostics.RenderAll();
}

std::vector<HarEntry> Entries(const std::string& name) {
  Diagnostics diagnostics;
  auto entries = ReadHar(Text(ReadTestFile(CONFORM_TESTDATA "/har/" + name + ".har")), diagnostics);
  EXPECT_EQ(diagnostics.RenderAll(), "");
  return entries;
}

TEST(ReadHar, OfChromiumLeavesPseudoFieldsOut) {
  const auto entries = Entries("chromium");
  ASSERT_EQ(entries.size(), 8U);
  const HarEntry& entry = entries[1];
  EXPECT_EQ(entry.index, 1U);
  EXPECT_EQ(entry.line, 114);
  EXPECT_EQ(entry.method, "POST");
  EXPECT_EQ(entry.url,
            "https://graph.microsoft.com/beta/deviceManagement/windowsAutopilotSettings/sync");
  ASSERT_EQ(entry.request_fields.size(), 4U);
  EXPECT_EQ(entry.request_fields[0].name, "authorization");
  EXPECT_EQ(entry.status, 204);
  EXPECT_EQ(entry.version, "http/2.0");
  EXPECT_EQ(entry.content, "");
  EXPECT_EQ(FormatTimestamp(entry.started), "2026-11-24T22:54:02.300Z");
  EXPECT_EQ(entry.times.lookup, std::nullopt);
  EXPECT_EQ(entry.times.first_byte, std::chrono::microseconds(40'300));
  EXPECT_TRUE(entries[6].from_cache);
  EXPECT_FALSE(entry.from_cache);
}

TEST(ReadHar, OfFirefoxDecodesContentAndOffset) {
  const auto entries = Entries("firefox");
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(FormatTimestamp(entries[0].started), "2026-11-24T22:54:02.100Z");
  EXPECT_EQ(entries[0].times.connect, std::chrono::microseconds(13'000));
  EXPECT_EQ(entries[1].line, 1);
  EXPECT_EQ(entries[1].content.value_or("").substr(0, 17), R"({"id": "08c16770")");
}

TEST(ReadHar, OfMitmproxyAndPostmanReadsWhatIsThere) {
  EXPECT_EQ(FormatTimestamp(Entries("mitmproxy")[0].started), "2026-11-24T22:54:02.123Z");
  const auto entries = Entries("postman");
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[1].status, 0);
  EXPECT_EQ(entries[1].trouble, "net::ERR_CONNECTION_RESET");
}

constexpr const char* kLeast =
    R"({"log":{"entries":[{"request":{"method":"GET","url":"x"},"response":{"status":200}}]}})";

TEST(ReadHar, TheLeastThatIsNeededIsEnough) {
  Diagnostics diagnostics;
  const auto entries = ReadHar(Text(kLeast), diagnostics);
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].content, std::nullopt);
}

struct ContentRow {
  const char* content;  ///< of the answer, as JSON.
  bool spoilt;
  std::uint64_t bytes;
};

TEST(ReadHar, TellsContentThatIsNotAsItCame) {
  const ContentRow rows[] = {{R"({"text":"abc"})", false, 3},
                             {R"({"text":"abc","size":3})", false, 3},
                             {R"({"text":"abc","size":-1})", false, 3},
                             {R"({"text":"abc","size":2})", false, 3},
                             {R"({"text":"a\nb","size":7,"comment":"CR LF and a mark"})", false, 3},
                             {R"({"text":"abc","size":7})", true, 7},
                             {R"({"text":"YWJj","size":3,"encoding":"base64"})", false, 3},
                             {R"({"text":"YWJj","size":4,"encoding":"base64"})", true, 4},
                             {R"({"text":"abc","size":1e300})", true, 1'000'000'000'000'000},
                             {R"({"text":"abc","size":-1,"_body_cut":true})", true, 3},
                             {R"({"text":"\\xFF","size":1,"_body_shown":true})", true, 1}};
  for (const ContentRow& row : rows) {
    Diagnostics diagnostics;
    std::string text = kLeast;
    text.replace(text.find("200"), 3, fmt::format("200,\"content\":{}", row.content));
    const auto entries = ReadHar(Text(text), diagnostics);
    ASSERT_EQ(entries.size(), 1U) << diagnostics.RenderAll();
    EXPECT_EQ(entries[0].content_spoilt, row.spoilt) << row.content;
    EXPECT_EQ(entries[0].content_bytes, row.bytes) << row.content;
  }
}

/// What crossed the wire comes back out of a recording of ours, or it says that it does not.
TEST(ReadHar, OfConformItselfHoldsTheContentOrSaysThatItDoesNot) {
  const std::pair<std::string, bool> rows[] = {{"{\r\n\"n\":\"\u202E\uFFFF\x7F\\u{202E}\"}", false},
                                               {"##vso[x]", false},
                                               {"M\xFCller", true},
                                               {std::string(20'000, 'a'), true}};
  for (const auto& [content, spoilt] : rows) {
    Exchange exchange;
    Response& answer = exchange.attempts.emplace_back().response.emplace();
    answer.status_line = "HTTP/1.1 200 OK";
    answer.decoded_body = content;
    answer.body_bytes = content.size();
    RunRecord record = ExampleRecord();
    record.tests[0].exchanges = {RecordExchange(std::move(exchange), {"http", "a", 80})};
    std::string text;
    ASSERT_TRUE(WriteHar(record, EvidenceOf(record), [&](auto, auto bytes) -> Expected<void> {
      text = bytes;
      return {};
    }));
    Diagnostics diagnostics;
    const auto entries = ReadHar(Text(text), diagnostics);
    ASSERT_EQ(entries.size(), 1U) << diagnostics.RenderAll();
    EXPECT_EQ(entries[0].content_spoilt, spoilt) << content.substr(0, 40);
    EXPECT_EQ(entries[0].content_bytes, content.size());
    EXPECT_EQ(entries[0].content == content, !spoilt) << content.substr(0, 40);
  }
}

struct Mistake {
  const char* name;
  const char* from;  ///< of kLeast, replaced by `to`.
  const char* to;
  const char* error;
};

class ReadHarRejects : public testing::TestWithParam<Mistake> {};

TEST_P(ReadHarRejects, AndPointsAtTheMember) {
  std::string text = kLeast;
  text.replace(text.find(GetParam().from), std::string(GetParam().from).size(), GetParam().to);
  EXPECT_EQ(
      ErrorsOf(text),
      fmt::format("session.har: error: {}\n      export it again, as HAR 1.2\n", GetParam().error));
}

INSTANTIATE_TEST_SUITE_P(
    AMember, ReadHarRejects,
    testing::Values(
        Mistake{"NoLog", "log", "lag", "/log: is missing"},
        Mistake{"NoEntries", "entries", "e", "/log/entries: is missing"},
        Mistake{"EntriesOfAnotherKind", "entries\":[", "entries\":{},\"x\":[",
                "/log/entries: must be an array"},
        Mistake{"EntryOfAnotherKind", "{\"request", "1,{\"request",
                "/log/entries/0: must be an object"},
        Mistake{"NoRequest", "\"request", "\"r", "/log/entries/0/request: is missing"},
        Mistake{"NoMethod", "method", "m", "/log/entries/0/request/method: is missing"},
        Mistake{"UrlOfAnotherKind", "\"x\"", "[]", "/log/entries/0/request/url: must be a text"},
        Mistake{"NoResponse", "\"response", "\"r", "/log/entries/0/response: is missing"},
        Mistake{"NoStatus", "status", "s", "/log/entries/0/response/status: is missing"},
        Mistake{"NegativeStatus", "200", "-1",
                "/log/entries/0/response/status: must be a whole number, zero or more"},
        Mistake{"HugeStatus", "200", "99999999999", "/log/entries/0/response/status: is too large"},
        Mistake{"FieldsOfAnotherKind", "200", "200,\"headers\":{}",
                "/log/entries/0/response/headers: must be an array"},
        Mistake{"FieldWithoutName", "200", "200,\"headers\":[{}]",
                "/log/entries/0/response/headers/0/name: is missing"},
        Mistake{"ContentThatIsNoBase64", "200", R"(200,"content":{"text":"?","encoding":"base64"})",
                "/log/entries/0/response/content/text: must be base64, as encoding says"},
        Mistake{"TimeThatIsNone", "\"request", "\"startedDateTime\":\"now\",\"request",
                "/log/entries/0/startedDateTime: must be a time such as "
                "2026-11-24T22:54:03.120+01:00"},
        Mistake{"TimeBeforeTheClock", "\"request",
                "\"startedDateTime\":\"1013-11-24T23:54:02.100+01:00\",\"request",
                "/log/entries/0/startedDateTime: must be a time such as "
                "2026-11-24T22:54:03.120+01:00"}),
    [](const auto& row) { return row.param.name; });

TEST(ReadHar, WhatIsNoJsonIsPointedAt) {
  EXPECT_EQ(ErrorsOf("{\"log\":\n {\"entries\": [}\n"),
            "session.har:2:15: error: here the file ceases to be JSON\n"
            " 2 |  {\"entries\": [}\n"
            "   |               ^\n"
            "      export it again, as HAR 1.2\n");
  EXPECT_NE(ErrorsOf("").find("error: here the file ceases to be JSON"), std::string::npos);
}

TEST(ReadHar, NestingHasABound) {
  EXPECT_EQ(ErrorsOf(std::string(1'000'000, '[')),
            "session.har: error: nests more than 2000 deep\n");
}

TEST(ReadHar, EveryCutOfARecordingIsToldAndNoneCrashes) {
  const std::string whole = ReadTestFile(CONFORM_TESTDATA "/har/firefox.har");
  for (std::size_t size = 0; size < whole.size() - 1; size += 7) {
    Diagnostics diagnostics;
    EXPECT_TRUE(ReadHar(Text(whole.substr(0, size)), diagnostics).empty());
    EXPECT_TRUE(diagnostics.HasErrors()) << size;
  }
}

}  // namespace
}  // namespace conform
