// That no message is lost, and none is sent twice.
#include "notify/notifier.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "history/sample_kept_run.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

using Texts = std::vector<std::string>;

class NotifierTest : public testing::Test {
 protected:
  NotifierTest()
      : path_(fs::path(testing::TempDir()) / ("notifier." + std::to_string(::getpid()))),
        clock_(SampleMorning()) {
    fs::remove(path_);
    file_ = *HistoryFile::Open(path_);
  }
  ~NotifierTest() override {
    for (const char* end : {"", "-wal", "-shm", "-sending"}) fs::remove(path_.string() + end);
  }

  /// Refuses so many attempts, then takes everything.
  Receiver Them(int refused) {
    return {"them", &Message::text, [this, refused](const OutboxEntry& entry) mutable -> Sent {
              ++attempts_;
              if (refused-- > 0) return tl::unexpected(NotSent{"them: answered 500"});
              heard_.push_back(entry.body);
              return {};
            }};
  }
  /// Keeps a message of that subject, if any, and sends.
  std::vector<std::string> Send(const std::string& subject, int refused,
                                const std::string& series = "mock at home") {
    Outbox outbox(*file_);
    Notifier notifier(outbox, {Them(refused)}, series, clock_);
    if (!subject.empty()) {
      EXPECT_TRUE(notifier.Keep(MessageOf(subject)));
    }
    return notifier.Send();
  }
  static Message MessageOf(const std::string& subject) {
    return {subject, "text of " + subject, "json of " + subject, ""};
  }

  fs::path path_;
  ManualClock clock_;
  std::unique_ptr<HistoryFile> file_;
  std::vector<std::string> heard_;
  int attempts_ = 0;
};

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

TEST_F(NotifierTest, WhatIsRefusedForItsContentKeepsNoOtherFromBeingTold) {
  bool busy = false;
  const Receiver receiver{"them", &Message::text, [&](const OutboxEntry& entry) -> Sent {
                            ++attempts_;
                            if (entry.body == "text of long") {
                              return tl::unexpected(NotSent{"them: answered 413", true});
                            }
                            if (busy) return tl::unexpected(NotSent{"them: answered 503"});
                            heard_.push_back(entry.body);
                            return {};
                          }};
  Outbox outbox(*file_);
  Notifier notifier(outbox, {receiver}, "mock at home", clock_);
  for (const char* const subject : {"one", "long", "two", "three"}) {
    EXPECT_TRUE(notifier.Keep(MessageOf(subject)));
  }
  EXPECT_EQ(notifier.Send(), Texts({"them: answered 413; the message is kept for the next run"}));
  EXPECT_EQ(heard_, Texts({"text of one", "text of two", "text of three"}));
  EXPECT_EQ(attempts_, 4);
  busy = true;
  EXPECT_TRUE(notifier.Keep(MessageOf("four")));
  EXPECT_TRUE(notifier.Keep(MessageOf("five")));
  EXPECT_EQ(
      notifier.Send(),
      Texts({"them: answered 413; them: answered 503; 3 messages are kept for the next run"}));
  EXPECT_EQ(attempts_, 8);
}

TEST_F(NotifierTest, SendsNoMessagesOfAnotherSeries) {
  EXPECT_EQ(Send("one", 3).size(), 1u);
  EXPECT_EQ(Send("", 0, "mock elsewhere"), Texts());
  EXPECT_EQ(heard_, Texts());
  EXPECT_EQ(Send("", 0), Texts());
  EXPECT_EQ(heard_, Texts({"text of one"}));
}

TEST_F(NotifierTest, AMessageIsKeptForAllBeforeTheFirstHears) {
  Outbox outbox(*file_);
  std::size_t kept_for_hook = 0;
  const Receiver first{"program", &Message::text, [&](const OutboxEntry&) -> Sent {
                         kept_for_hook = outbox.List("webhook of mock at home")->size();
                         return {};
                       }};
  const Receiver second{"webhook", &Message::json, [&](const OutboxEntry& entry) -> Sent {
                          heard_.push_back(entry.body);
                          return {};
                        }};
  Notifier notifier(outbox, {first, second}, "mock at home", clock_);
  EXPECT_TRUE(notifier.Keep(MessageOf("one")));
  EXPECT_EQ(notifier.Send(), Texts());
  EXPECT_EQ(kept_for_hook, 1u);
  EXPECT_EQ(heard_, Texts({"json of one"}));
}

TEST_F(NotifierTest, OfTwoAtOnceOneSendsAndEachMessageOnce) {
  const auto other_file = *HistoryFile::Open(path_);
  Outbox other_outbox(*other_file);
  Notifier other(other_outbox, {Them(0)}, "mock at home", clock_);
  Outbox outbox(*file_);
  const Receiver receiver{"them", &Message::text, [&](const OutboxEntry& entry) -> Sent {
                            heard_.push_back(entry.body);
                            if (heard_.size() > 1) return {};
                            EXPECT_TRUE(other.Keep(MessageOf("two")));
                            EXPECT_EQ(other.Send(), Texts());
                            return {};
                          }};
  Notifier notifier(outbox, {receiver}, "mock at home", clock_);
  EXPECT_TRUE(notifier.Keep(MessageOf("one")));
  EXPECT_EQ(notifier.Send(), Texts());
  EXPECT_EQ(attempts_, 0);
  EXPECT_EQ(heard_, Texts({"text of one", "text of two"}));
  EXPECT_EQ(Send("three", 0), Texts());
  EXPECT_EQ(attempts_, 1);
}

TEST_F(NotifierTest, AnotherReceiverOrSeriesIsNotWaitedFor) {
  const auto lock = SendingLock::Take(path_, "other of mock at home");
  ASSERT_TRUE(lock && *lock);
  EXPECT_EQ(Send("one", 0), Texts());
  EXPECT_EQ(heard_, Texts({"text of one"}));
}

TEST_F(NotifierTest, NothingIsTriedOnceTheRunIsStopped) {
  Outbox outbox(*file_);
  Notifier notifier(outbox, {Them(1)}, "mock at home", clock_, [this] { return attempts_ > 0; });
  EXPECT_TRUE(notifier.Keep(MessageOf("one")));
  EXPECT_EQ(notifier.Send(), Texts({"them: answered 500; the message is kept for the next run"}));
  EXPECT_EQ(attempts_, 1);
  EXPECT_EQ(
      notifier.Send(),
      Texts({"them: not tried, since this run was ended; the message is kept for the next run"}));
  EXPECT_EQ(attempts_, 1);
  EXPECT_EQ(Send("", 0), Texts());
  EXPECT_EQ(heard_, Texts({"text of one"}));
}

TEST(MakeReceiver, KeepsAMessageForItsKindHoweverItIsReached) {
  const auto webhook = [](const char* url, bool slack) {
    return MakeWebhookReceiver(url, slack, {})->kind;
  };
  EXPECT_EQ(webhook("https://hooks.example.com/services/T0/secret", true), "slack");
  EXPECT_EQ(webhook("https://hooks.example.com/services/T0/secret", false), "webhook");
  EXPECT_EQ(MakeProgramReceiver("cat us", {})->kind, MakeProgramReceiver("sh us", {})->kind);
}

TEST(MakeReceiver, RefusesACommandThatCannotBeCalledAndQuotesNothingOfIt) {
  const auto why = [](const std::string& words) {
    const auto receiver = MakeProgramReceiver(words, {});
    return receiver ? "" : receiver.error().message;
  };
  const std::string no_program =
      "the first word names no program: write its path, or one that stands on the PATH";
  EXPECT_EQ(why("conform_no_such_program me"), no_program);
  EXPECT_EQ(why("'curl -H Authorization:secret'"), no_program);
  EXPECT_EQ(why("./conform_no_such_program"), no_program);
  EXPECT_EQ(why("curl -H 'Authorization: secret"), "a quote is not closed");
  EXPECT_EQ(why(""), "no program is named");
}

}  // namespace
}  // namespace conform
