#include "exchange/client.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <thread>

#include "testing/hostile_server.h"
#include "testing/sample_request.h"

namespace conform {
namespace {

using Kind = Act::Kind;
using std::chrono::milliseconds;

const std::string kOk = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const std::string kNoContent = "HTTP/1.1 204 No Content\r\n\r\n";

std::string TroubleOf(const Attempt& attempt) {
  return attempt.trouble ? std::string(NameOf(attempt.trouble->kind)) : "none";
}

std::string TextOf(const Attempt& attempt) { return attempt.trouble ? attempt.trouble->text : ""; }

std::vector<std::string> NamesOf(const Attempt& attempt) {
  std::vector<std::string> names;
  names.reserve(attempt.observations.size());
  for (const Observation& one : attempt.observations) names.emplace_back(one.name);
  return names;
}

TEST(Send, UsesAConnectionAgain) {
  HostileServer server({{kRead, {Kind::kWrite, kOk}, kRead, {Kind::kWrite, kNoContent}, kSilence}});
  Client client(server.origin(), PatientBounds(), kClock);
  const Attempt first = client.Send(kGet);
  const Attempt second = client.Send(kPost);
  EXPECT_FALSE(first.reused_connection);
  EXPECT_TRUE(second.reused_connection);
  EXPECT_EQ(server.connections(), 1u);
  EXPECT_TRUE(first.times.lookup && first.times.connect && first.times.first_byte);
  EXPECT_LE(*first.times.first_byte, *first.times.last_byte);
  EXPECT_FALSE(second.times.lookup || second.times.connect);
  EXPECT_EQ(first.remote_address, fmt::format("127.0.0.1:{}", server.port()));
}

struct LastOfItsConnection {
  const char* name;
  Request request;
  std::string answer;
};

class LastOfItsConnectionTest : public testing::TestWithParam<LastOfItsConnection> {};

/// What follows is sent on another connection.
TEST_P(LastOfItsConnectionTest, IsFollowedByNone) {
  HostileServer server({{kRead, {Kind::kWrite, GetParam().answer}, kSilence},
                        {kRead, {Kind::kWrite, kOk}, kRead, {Kind::kWrite, kOk}, kSilence}});
  Client client(server.origin(), PatientBounds(), kClock);
  EXPECT_EQ(TroubleOf(client.Send(GetParam().request)), "none");
  const Attempt second = client.Send(kGet);
  EXPECT_EQ(TroubleOf(second), "none");
  EXPECT_FALSE(second.reused_connection);
  EXPECT_TRUE(client.Send(kGet).reused_connection);
}

INSTANTIATE_TEST_SUITE_P(
    Send, LastOfItsConnectionTest,
    testing::Values(
        LastOfItsConnection{
            "AskedToClose",
            {"GET", "/", {{"Host", "a"}, {"Connection", "TE, Close"}}, "", false, {}},
            kOk},
        LastOfItsConnection{
            "ContentBehindItsLength",
            {"POST", "/", {{"Host", "a"}, {"Content-Length", "0"}}, "hello", false, {}},
            kOk},
        LastOfItsConnection{
            "ContentWithoutLength", {"GET", "/", {{"Host", "a"}}, "hello", false, {}}, kOk},
        LastOfItsConnection{"RequestInAField",
                            {"GET", "/", {{"Host", "a\r\n\r\nGET / HTTP/1.1"}}, "", false, {}},
                            kOk},
        LastOfItsConnection{"HeadThatContentMayFollow",
                            {"HEAD", "/", {{"Host", "a"}}, "", false, {}},
                            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"},
        LastOfItsConnection{"NotModifiedThatContentMayFollow", kGet,
                            "HTTP/1.1 304 Not Modified\r\nContent-Length: 2\r\n\r\n"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Send, ObservesUnsolicitedBytesOnAnIdleConnection) {
  const Script surprise = {kRead,
                           {Kind::kWrite, kOk},
                           {Kind::kAwaitSignal},
                           {Kind::kWrite, "HTTP/1.1 408 Request Timeout\r\n\r\n"},
                           kSilence};
  HostileServer server({surprise, {kRead, {Kind::kWrite, kOk}}});
  Client client(server.origin(), PatientBounds(), kClock);
  EXPECT_EQ(NamesOf(client.Send(kGet)), std::vector<std::string>());
  server.Signal();
  ASSERT_TRUE(server.AwaitActs(0, 4));
  const Attempt second = client.Send(kPost);
  EXPECT_EQ(TroubleOf(second), "none");
  ASSERT_EQ(NamesOf(second), std::vector<std::string>{"unsolicited_bytes"});
  EXPECT_EQ(second.observations[0].detail, "32 bytes: 'HTTP/1.1 408 Request Timeout\\r\\n\\r\\n'");
  EXPECT_FALSE(second.reused_connection);
  EXPECT_EQ(server.connections(), 2u);
}

TEST(Send, DropsAnIdleConnectionThatTheServerClosed) {
  HostileServer server({{kRead, {Kind::kWrite, kOk}, {Kind::kAwaitSignal}, {Kind::kClose}},
                        {kRead, {Kind::kWrite, kOk}}});
  Client client(server.origin(), PatientBounds(), kClock);
  client.Send(kGet);
  server.Signal();
  ASSERT_TRUE(server.AwaitActs(0, 4));
  const Attempt second = client.Send(kPost);
  EXPECT_EQ(TroubleOf(second), "none");
  EXPECT_EQ(NamesOf(second), std::vector<std::string>());
  EXPECT_FALSE(second.reused_connection);
}

TEST(Send, SendsOnceMoreWhereAKeptConnectionBreaksOnlyWhatHasNoEffect) {
  for (const Kind end : {Kind::kClose, Kind::kReset}) {
    const struct {
      const char* method;
      bool unframed;
      bool again;
    } rows[] = {{"GET", false, true},   {"OPTIONS", false, true}, {"GET", true, false},
                {"POST", false, false}, {"PUT", false, false},    {"DELETE", false, false}};
    for (const auto& row : rows) {
      SCOPED_TRACE(row.method);
      Request request = kGet;
      request.method = row.method;
      request.unframed = row.unframed;
      HostileServer server(
          {{kRead, {Kind::kWrite, kOk}, kRead, {end}}, {kRead, {Kind::kWrite, kOk}}});
      Client client(server.origin(), PatientBounds(), kClock);
      client.Send(kGet);
      const Attempt second = client.Send(request);
      EXPECT_EQ(server.requests().size(), row.again ? 3u : 2u);
      if (row.again) {
        EXPECT_EQ(TroubleOf(second), "none");
        EXPECT_EQ(NamesOf(second), std::vector<std::string>{"stale_connection"});
      } else {
        EXPECT_EQ(TroubleOf(second), end == Kind::kClose ? "closed" : "reset");
      }
    }
  }
}

TEST(Send, DoesNotSendAgainAfterAByteOfAnAnswer) {
  HostileServer server({{kRead, {Kind::kWrite, kOk}, kRead, {Kind::kWrite, "H"}, {Kind::kClose}}});
  Client client(server.origin(), PatientBounds(), kClock);
  client.Send(kGet);
  EXPECT_EQ(TroubleOf(client.Send(kGet)), "closed");
  EXPECT_EQ(server.requests().size(), 2u);
}

TEST(Send, SaysWhyThereIsNoConnection) {
  std::uint16_t closed_port = 0;
  { closed_port = HostileServer(std::vector<Script>{{}}).port(); }
  struct Case {
    Origin origin;
    std::string trouble;
    std::string text;
  };
  const Case cases[] = {
      {{"http", "127.0.0.1", closed_port},
       "connect",
       fmt::format("no connection to http://127.0.0.1:{}: connection refused", closed_port)},
      {{"http", "256.256.256.256", 80}, "lookup", "the host name '256.256.256.256' is not known ("},
      {{"https", "127.0.0.1", closed_port},
       "connect",
       fmt::format("no connection to https://127.0.0.1:{}: connection refused", closed_port)},
  };
  for (const Case& one : cases) {
    Client client(one.origin, PatientBounds(), kClock);
    const Attempt attempt = client.Send(kGet);
    EXPECT_EQ(TroubleOf(attempt), one.trouble);
    EXPECT_EQ(TextOf(attempt).substr(0, one.text.size()), one.text);
    EXPECT_FALSE(attempt.response.has_value());
    EXPECT_FALSE(attempt.trouble->advice.empty());
  }
}

TEST(Send, SaysWhyNoWholeAnswerCame) {
  struct Case {
    Script script;
    std::string text;
    std::string advice;
  };
  const Case cases[] = {
      {{kRead, kSilence},
       "silence for 200 ms, before any byte of an answer",
       "check the service, or raise the profile's bound 'read'"},
      {{kRead, {Kind::kWrite, "HTTP/1.1 200 OK\r\n"}, {Kind::kDrip, "x", 0, milliseconds{20}}},
       "the exchange was not over within 500 ms, after ",
       "check the service, or raise the profile's bound 'exchange'"},
      {{kRead, {Kind::kWrite, "HTTP/1.1 2"}},
       "The connection was closed before the answer was whole.",
       "check the service's log, and proxies on the way"},
      {{kRead, {Kind::kReset}},
       "the connection was reset by the server after 0 bytes of an answer",
       "check the service's log, and proxies on the way"},
      {{kRead,
        {Kind::kWrite, "HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n"},
        {Kind::kWrite, "0123456789", 0}},
       "The content is longer than the bound: the rest was not read. body_bytes: more than 1000",
       "raise the bound in the profile if such answers are meant"},
      {{kRead, {Kind::kWrite, "220 mail.example ESMTP\r\n"}},
       "The answer does not begin with a status line.",
       "check that the target speaks HTTP/1.1 at this address"},
  };
  Bounds bounds;
  bounds.body_bytes = 1000;
  bounds.read = milliseconds{200};
  bounds.exchange = milliseconds{500};
  for (const Case& one : cases) {
    SCOPED_TRACE(one.text);
    HostileServer server({one.script});
    Client client(server.origin(), bounds, kClock);
    const Attempt attempt = client.Send(kGet);
    ASSERT_TRUE(attempt.trouble.has_value());
    EXPECT_EQ(attempt.trouble->text.substr(0, one.text.size()), one.text);
    EXPECT_EQ(attempt.trouble->advice, one.advice);
    ASSERT_TRUE(attempt.times.given_up.has_value());
    EXPECT_GE(*attempt.times.given_up, attempt.times.last_byte.value_or(milliseconds{0}));
  }
}

TEST(Send, ReportsTheWallTimeOfItsClock) {
  HostileServer server({AnswerAndClose(kOk)});
  const ManualClock clock(std::chrono::system_clock::time_point(std::chrono::hours{1}));
  Client client(server.origin(), PatientBounds(), clock);
  EXPECT_EQ(client.Send(kGet).started, clock.Now());
}

TEST(Send, WorksFromManyThreadsAtOnce) {
  Script script;
  for (int i = 0; i < 200; ++i) {
    script.push_back(kRead);
    script.push_back({Kind::kWrite, kNoContent});
  }
  HostileServer server({script});
  Client client(server.origin(), PatientBounds(), kClock);
  std::vector<std::thread> threads;
  threads.reserve(8);
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&client] {
      for (int sent = 0; sent < 20; ++sent) {
        const Attempt attempt = client.Send(kGet);
        EXPECT_EQ(TroubleOf(attempt), "none");
        EXPECT_EQ(attempt.response->status, 204);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(server.requests().size(), 160u);
  EXPECT_LE(server.connections(), 8u);
}

}  // namespace
}  // namespace conform
