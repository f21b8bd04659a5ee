// What is told, and how a webhook is.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/utf8.h"
#include "history/sample_kept_run.h"
#include "notify/message.h"
#include "notify/metrics.h"
#include "notify/webhook.h"
#include "testing/forwarding_proxy.h"
#include "testing/golden.h"
#include "testing/hostile_server.h"
#include "testing/sample_variables.h"
#include "testing/test_authority.h"
#include "testing/tls_server.h"
#include "testing/trusted_file.h"

namespace conform {
namespace {

WatchResult OneAlarm() {
  WatchResult result;
  RunChange change{RunChangeKind::kOutcome,
                   {"things_sync/2024_08.documented"},
                   "",
                   "pass",
                   "fail",
                   "status is 200 <!channel> (sync.204)"};
  result.alarms = {{Turn::kChanged, change}};
  result.broken = {"things_sync/2024_08.other"};
  return result;
}

TEST(MakeMessage, ForSlackIsCutAtACharacterSoThatTheCutIsSeen) {
  WatchResult result = OneAlarm();
  result.alarms[0].change.note = "üüüü";
  for (int i = 0; i < 200; ++i) result.alarms.push_back(result.alarms[0]);
  const Message message = MakeMessage(SampleKeptRun(), result);
  const auto text = nlohmann::json::parse(message.slack)["text"].get<std::string>();
  EXPECT_LE(text.size(), 3'500U);
  EXPECT_TRUE(text.ends_with("…"));
  EXPECT_FALSE(text.ends_with("\n…"));
  EXPECT_EQ(FindMalformedUtf8(text), std::nullopt);
}

TEST(MakeMessage, AsJsonIsBoundedAndCountsWhatItLeavesOut) {
  WatchResult result = OneAlarm();
  result.alarms[0].change.note = std::string(400'000, 'n');
  for (int i = 0; i < 10'000; ++i) {
    result.alarms[0].change.subjects.push_back("things_sync/2024_08.documented/" +
                                               std::to_string(i));
  }
  result.alarms.push_back(OneAlarm().alarms[0]);
  result.broken = result.alarms[0].change.subjects;
  const std::string text = MakeMessage(SampleKeptRun(), result).json;
  EXPECT_LE(text.size(), 200'000U);
  const auto told = nlohmann::json::parse(text);
  const auto& alarm = told["alarms"][0];
  EXPECT_EQ(told["alarms"].size(), 2U);
  EXPECT_EQ(alarm["subjects"][1], "things_sync/2024_08.documented/0");
  EXPECT_TRUE(alarm["note"].get<std::string>().ends_with("n…"));
  for (const auto& [list, shown] : {std::pair("subjects", alarm["subjects"].size()),
                                    std::pair("still_failing", told["still_failing"].size())}) {
    EXPECT_GT(shown, 1'000U);
    EXPECT_EQ(told["left_out"][list], 10'001 - shown) << list;
  }
  EXPECT_FALSE(told["left_out"].contains("alarms"));
}

TEST(MakeMessage, AsTextJsonAndSlack) {
  KeptRun run = SampleKeptRun();
  run.number = 7;
  const Message message = MakeMessage(run, OneAlarm());
  EXPECT_EQ(message.subject, "conform: 1 change, global at https://graph.example");
  EXPECT_EQ(message.text,
            "conform: 1 change, global at https://graph.example\n"
            "run 7 of 2026-03-01T06:00:00.000Z\n\n"
            "pass -> fail  things_sync/2024_08.documented\n"
            "  status is 200 <!channel> (sync.204)\n"
            "still failing: 1 test\n");
  EXPECT_NE(message.json.find(R"("turn":"changed")"), std::string::npos) << message.json;
  EXPECT_NE(message.json.find(R"("still_failing":["things_sync/2024_08.other"])"),
            std::string::npos);
  EXPECT_EQ(message.json.find("left_out"), std::string::npos);
  EXPECT_NE(message.slack.find("pass -&gt; fail"), std::string::npos) << message.slack;
  EXPECT_EQ(message.slack.find("<!channel>"), std::string::npos);
}

TEST(MakeMessage, NamesASeriesOfLoopbackAlikeInAllForms) {
  KeptRun run = SampleKeptRun();
  run.profile = "mock";
  run.target = "http://127.0.0.1:8080";
  const Message message = MakeMessage(run, OneAlarm());
  EXPECT_EQ(message.subject, "conform: 1 change, mock at loopback");
  EXPECT_NE(message.json.find(R"("series":"mock at loopback")"), std::string::npos);
}

constexpr const char* kOk = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

TEST(PostWebhook, PostsJsonAndShowsNoSecret) {
  HostileServer server(
      {AnswerAndClose(kOk), AnswerAndClose("HTTP/1.1 404 No\r\nContent-Length: 0\r\n"
                                           "Connection: close\r\n\r\n")});
  const ReceiverAddress address{server.origin(), "/services/secret"};
  const auto sent = PostWebhook(address, R"({"a":1})", {});
  EXPECT_TRUE(sent) << sent.error().message;
  EXPECT_NE(server.received(0).find("POST /services/secret HTTP/1.1\r\n"), std::string::npos);
  EXPECT_NE(server.received(0).find("Content-Type: application/json\r\n"), std::string::npos);
  EXPECT_NE(server.received(0).find("\r\n\r\n{\"a\":1}"), std::string::npos);
  EXPECT_EQ(PostWebhook(address, "{}", {}).error().message,
            FormatOrigin(server.origin()) + ": answered 404");
}

TEST(PostWebhook, TellsWhatIsRefusedForItsContentFromWhatIsNot) {
  const struct {
    const char* status;
    bool refuses_content;
  } rows[] = {{"400 No", true},  {"413 No", true},  {"422 No", true},  {"302 No", false},
              {"401 No", false}, {"403 No", false}, {"404 No", false}, {"408 No", false},
              {"410 No", false}, {"429 No", false}, {"500 No", false}, {"503 No", false}};
  for (const auto& row : rows) {
    const HostileServer server(
        {AnswerAndClose(std::string("HTTP/1.1 ") + row.status +
                        "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")});
    const Sent sent = PostWebhook({server.origin(), "/hook"}, "{}", {});
    ASSERT_FALSE(sent) << row.status;
    EXPECT_EQ(sent.error().refuses_content, row.refuses_content) << row.status;
  }
}

TEST(PostWebhook, LeavesAServerThatDoesNotEnd) {
  using Kind = Act::Kind;
  const HostileServer server(
      {{kRead, {Kind::kWrite, "HTTP/1.1 200 OK\r\n\r\n"}, {Kind::kWrite, "aaaaaaaa", 0}},
       {kRead,
        {Kind::kWrite, "HTTP/1.1 200 OK\r\n\r\n"},
        {Kind::kDrip, "a", 0, std::chrono::milliseconds(5)}}});
  const ReceiverAddress address{server.origin(), "/hook"};
  const std::string origin = FormatOrigin(server.origin());
  EXPECT_EQ(PostWebhook(address, "{}", {}).error().message,
            origin + ": its answer is longer than 1024 KiB");
  WebBounds bounds = kWebhookBounds;
  bounds.whole = std::chrono::milliseconds(50);
  EXPECT_EQ(PostWebhook(address, "{}", {}, bounds).error().message,
            origin + ": no whole answer within 0 s");
}

TEST(PostWebhook, GoesThroughTheProxyThatTheEnvironmentNames) {
  const ForwardingProxy proxy({"", "HTTP/1.1 403 No\r\n\r\n"});
  const ReceiverAddress address{{"https", "hooks.invalid", 443}, "/services/secret"};
  const auto sent = PostWebhook(address, "{}", LookupIn({{"HTTPS_PROXY", proxy.address()}}));
  EXPECT_EQ(sent.error().message,
            "https://hooks.invalid: no answer: the proxy " + proxy.address() +
                " (HTTPS_PROXY) does not allow connections to "
                "hooks.invalid:443 (403): ask who runs the proxy to allow it");
}

TEST(PostWebhook, OverTlsOnlyToWhomItTrusts) {
  const TestAuthority authority;
  const TestAuthority stranger("Stranger");
  const TlsServer server({.credential = authority.IssueForLoopback()});
  const ReceiverAddress address{server.origin("localhost"), "/hook"};
  {
    const TrustedFile trusted(authority.credential().certificate);
    const auto sent = PostWebhook(address, "{}", {});
    EXPECT_TRUE(sent) << sent.error().message;
  }
  {
    const TrustedFile trusted(stranger.credential().certificate);
    const auto sent = PostWebhook(address, "{}", {});
    ASSERT_FALSE(sent);
    EXPECT_TRUE(sent.error().message.starts_with(
        FormatOrigin(address.origin) + ": no answer: nobody trusted issued its certificate"))
        << sent.error().message;
  }
  EXPECT_EQ(server.requests().size(), 1u);
}

TEST(RenderMetrics, TellsOutcomesLatencyAndWhen) {
  KeptRun run = SampleKeptRun();
  run.tests.resize(1);
  run.profile = "a\"b\\c";
  EXPECT_EQ(RenderMetrics(run),
            Golden(CONFORM_TESTDATA "/notify/metrics.prom", RenderMetrics(run)));
}

}  // namespace
}  // namespace conform
