// What is told, to whom, and that none of it is lost.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/utf8.h"
#include "history/sample_kept_run.h"
#include "notify/metrics.h"
#include "notify/notifier.h"
#include "notify/notify_program.h"
#include "notify/webhook.h"
#include "testing/golden.h"
#include "testing/hostile_server.h"
#include "testing/test_authority.h"
#include "testing/tls_server.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

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
  EXPECT_NE(message.slack.find("pass -&gt; fail"), std::string::npos) << message.slack;
  EXPECT_EQ(message.slack.find("<!channel>"), std::string::npos);
}

struct WordsRow {
  const char* name;
  const char* text;
  const char* told;
};

class SplitWordsTest : public testing::TestWithParam<WordsRow> {};

TEST_P(SplitWordsTest, SplitsWithoutAShell) {
  const auto words = SplitWords(GetParam().text);
  std::string told;
  if (!words) told = words.error().message;
  for (std::size_t i = 0; words && i < words->size(); ++i) told += "[" + (*words)[i] + "]";
  EXPECT_EQ(told, GetParam().told);
}

const WordsRow kWordsRows[] = {
    {"Plain", "mail -s  hello me", "[mail][-s][hello][me]"},
    {"Quotes", R"(mail -s "it's so" 'a "b"' x"y z")", R"([mail][-s][it's so][a "b"][xy z])"},
    {"EmptyWord", "mail ''", "[mail][]"},
    {"NothingIsExpanded", "echo $HOME *.c; rm", "[echo][$HOME][*.c;][rm]"},
    {"OpenQuote", "mail 'x", "mail 'x: a quote is not closed"},
    {"Nothing", "  ", "no program is named"},
};

INSTANTIATE_TEST_SUITE_P(SplitWords, SplitWordsTest, testing::ValuesIn(kWordsRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(TellProgram, GivesItTheTextAndTheSubject) {
  const std::string out =
      (fs::path(testing::TempDir()) / ("told." + std::to_string(::getpid()))).string();
  const auto told =
      TellProgram({"sh", "-c", "{ echo \"$CONFORM_SUBJECT\"; cat; } > \"$1\"", "sh", out},
                  "a subject", "the text\n");
  EXPECT_TRUE(told) << told.error().message;
  EXPECT_EQ(ReadTestFile(out), "a subject\nthe text\n");
  fs::remove(out);
}

TEST(TellProgram, SaysWhyItCouldNot) {
  EXPECT_EQ(TellProgram({"/no/such/program"}, "", "").error().message,
            "/no/such/program: cannot be started: No such file or directory");
  EXPECT_EQ(TellProgram({"sh", "-c", "exit 3"}, "", "").error().message,
            "sh: ended with exit code 3");
  EXPECT_EQ(TellProgram({"sleep", "600"}, "", "", std::chrono::seconds(0)).error().message,
            "sleep: took longer than 0 s and was ended");
}

constexpr const char* kOk = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

TEST(PostWebhook, PostsJsonAndShowsNoSecret) {
  HostileServer server(
      {AnswerAndClose(kOk), AnswerAndClose("HTTP/1.1 404 No\r\nContent-Length: 0\r\n"
                                           "Connection: close\r\n\r\n")});
  const std::string origin = FormatOrigin(server.origin());
  const ReceiverAddress address{origin, "/services/secret"};
  const auto sent = PostWebhook(address, R"({"a":1})");
  EXPECT_TRUE(sent) << sent.error().message;
  EXPECT_NE(server.received(0).find("POST /services/secret HTTP/1.1\r\n"), std::string::npos);
  EXPECT_NE(server.received(0).find("Content-Type: application/json\r\n"), std::string::npos);
  EXPECT_NE(server.received(0).find("\r\n\r\n{\"a\":1}"), std::string::npos);
  EXPECT_EQ(PostWebhook(address, "{}").error().message, origin + ": answered 404");
}

/// What OpenSSL trusts while the object lives.
class TrustedFile {
 public:
  explicit TrustedFile(const std::string& certificate)
      : path_((fs::path(testing::TempDir()) / ("trusted." + std::to_string(::getpid()))).string()) {
    std::ofstream(path_, std::ios::binary) << certificate;
    ::setenv("SSL_CERT_FILE", path_.c_str(), 1);
  }
  ~TrustedFile() {
    ::unsetenv("SSL_CERT_FILE");
    fs::remove(path_);
  }
  TrustedFile(const TrustedFile&) = delete;
  TrustedFile& operator=(const TrustedFile&) = delete;

 private:
  std::string path_;
};

TEST(PostWebhook, OverTlsOnlyToWhomItTrusts) {
  const TestAuthority authority;
  const TestAuthority stranger("Stranger");
  const TlsServer server({.credential = authority.IssueForLoopback()});
  const ReceiverAddress address{FormatOrigin(server.origin("localhost")), "/hook"};
  {
    const TrustedFile trusted(authority.credential().certificate);
    const auto sent = PostWebhook(address, "{}");
    EXPECT_TRUE(sent) << sent.error().message;
  }
  {
    const TrustedFile trusted(stranger.credential().certificate);
    const auto sent = PostWebhook(address, "{}");
    ASSERT_FALSE(sent);
    EXPECT_TRUE(sent.error().message.starts_with(
        address.origin + ": no answer: nobody trusted issued its certificate"))
        << sent.error().message;
  }
  EXPECT_EQ(server.requests().size(), 1u);
}

class NotifierTest : public testing::Test {
 protected:
  NotifierTest()
      : path_(fs::path(testing::TempDir()) / ("notifier." + std::to_string(::getpid()))),
        clock_(SampleMorning()) {
    fs::remove(path_);
    file_ = *HistoryFile::Open(path_);
  }
  ~NotifierTest() override {
    for (const char* end : {"", "-wal", "-shm"}) fs::remove(path_.string() + end);
  }

  /// Refuses so many attempts, then takes everything.
  std::vector<std::string> Send(const std::string& subject, int refused,
                                const std::string& series = "mock at home") {
    Outbox outbox(*file_);
    const Receiver receiver{"them", &Message::text,
                            [&](const OutboxEntry& entry) -> Expected<void> {
                              ++attempts_;
                              if (refused-- > 0) return Fail("them: answered 500");
                              heard_.push_back(entry.body);
                              return {};
                            }};
    const Message message{subject, "text of " + subject, "", ""};
    return Notifier(outbox, {receiver}, series, clock_).Send(subject.empty() ? nullptr : &message);
  }

  fs::path path_;
  ManualClock clock_;
  std::unique_ptr<HistoryFile> file_;
  std::vector<std::string> heard_;
  int attempts_ = 0;
};

using Texts = std::vector<std::string>;

TEST_F(NotifierTest, TriesThreeTimesWithGrowingPauses) {
  EXPECT_EQ(Send("one", 2), Texts());
  EXPECT_EQ(attempts_, 3);
  EXPECT_EQ(heard_, Texts({"text of one"}));
  EXPECT_EQ(clock_.Now(), SampleMorning() + std::chrono::seconds(3));
}

TEST_F(NotifierTest, WhatWasLostIsSentNextTimeAndInItsOrder) {
  EXPECT_EQ(Send("one", 3), Texts({"them: answered 500; the message is kept for the next run"}));
  EXPECT_EQ(Send("two", 3), Texts({"them: answered 500; 2 messages are kept for the next run"}));
  EXPECT_EQ(heard_, Texts());
  EXPECT_EQ(Send("", 0), Texts());
  EXPECT_EQ(heard_, Texts({"text of one", "text of two"}));
  EXPECT_EQ(Send("", 0), Texts());
  EXPECT_EQ(heard_.size(), 2u);
}

TEST_F(NotifierTest, DropsWhatNobodyTookForAMonth) {
  EXPECT_EQ(Send("one", 3).size(), 1u);
  clock_.Sleep(std::chrono::hours(24 * 31));
  EXPECT_EQ(Send("", 0), Texts({"1 message older than 30 days was dropped"}));
  EXPECT_EQ(heard_, Texts());
}

TEST_F(NotifierTest, SendsNoMessagesOfAnotherSeries) {
  EXPECT_EQ(Send("one", 3).size(), 1u);
  EXPECT_EQ(Send("", 0, "mock elsewhere"), Texts());
  EXPECT_EQ(heard_, Texts());
  EXPECT_EQ(Send("", 0), Texts());
  EXPECT_EQ(heard_, Texts({"text of one"}));
}

TEST(MakeReceiver, KeepsAMessageForItsKindHoweverItIsReached) {
  const auto webhook = [](const char* url, bool slack) {
    return MakeWebhookReceiver(url, slack)->kind;
  };
  EXPECT_EQ(webhook("https://hooks.example.com/services/T0/secret", true), "slack");
  EXPECT_EQ(webhook("https://hooks.example.com/services/T0/secret", false), "webhook");
  EXPECT_EQ(MakeProgramReceiver("mali us")->kind, MakeProgramReceiver("mail us")->kind);
  EXPECT_FALSE(MakeProgramReceiver(""));
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
