// Servers that answer without end: each is left within the bounds.
#include "base/web_answer.h"

#include <gtest/gtest.h>

#include "testing/hostile_server.h"

namespace conform {
namespace {

using std::chrono::milliseconds;
using Kind = Act::Kind;

constexpr milliseconds kForever{3'600'000};

WebRequest To(const HostileServer& server) { return {"GET", server.origin(), "/a?b=c"}; }

TEST(AskWeb, TakesAnAnswerAsItCame) {
  const HostileServer server({AnswerAndClose(
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 Not Found\r\nA: 1\r\na: 2\r\n"
      "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")});
  const auto answer = AskWeb(To(server));
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->status, 404);
  EXPECT_EQ(answer->Field("content-encoding"), "gzip");
  EXPECT_EQ(answer->Field("B"), "");
  EXPECT_EQ(answer->content, "hello");
  ASSERT_EQ(server.requests().size(), 1U);
  EXPECT_NE(server.received(0).find("GET /a?b=c HTTP/1.1\r\n"), std::string::npos);
  EXPECT_NE(server.received(0).find("Host: " + HostField(server.origin())), std::string::npos);
}

struct Endless {
  const char* name;
  Script script;
  WebBounds bounds;
  const char* error;
};

class AskWebLeaves : public testing::TestWithParam<Endless> {};

TEST_P(AskWebLeaves, AServerThatDoesNotEnd) {
  const HostileServer server({GetParam().script});
  const auto answer = AskWeb(To(server), GetParam().bounds);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().message, GetParam().error);
}

/// Only the size ends it.
constexpr WebBounds kSmall{kForever, kForever, 65'536};
/// Only the time ends it.
constexpr WebBounds kShort{kForever, milliseconds(50), std::size_t{1} << 40};

INSTANTIATE_TEST_SUITE_P(
    Table, AskWebLeaves,
    testing::Values(
        Endless{"HeaderLine",
                {kRead, {Kind::kWrite, "HTTP/1.1 200 OK\r\nA: "}, {Kind::kWrite, "aaaaaaaa", 0}},
                kSmall,
                "its answer is longer than 64 KiB"},
        Endless{"HeaderLines",
                {kRead, {Kind::kWrite, "HTTP/1.1 200 OK\r\n"}, {Kind::kWrite, "A: a\r\n", 0}},
                kSmall,
                "its answer is longer than 64 KiB"},
        Endless{"InterimAnswers",
                {kRead, {Kind::kWrite, "HTTP/1.1 100 Continue\r\n\r\n", 0}},
                kSmall,
                "its answer is longer than 64 KiB"},
        Endless{"Content",
                {kRead, {Kind::kWrite, "HTTP/1.1 200 OK\r\n\r\n"}, {Kind::kWrite, "aaaaaaaa", 0}},
                kSmall,
                "its answer is longer than 64 KiB"},
        Endless{"ContentDripped",
                {kRead,
                 {Kind::kWrite, "HTTP/1.1 200 OK\r\n\r\n"},
                 {Kind::kDrip, "a", 0, milliseconds(5)}},
                kShort,
                "no whole answer within 0 s"},
        Endless{"Silence", {kRead, kSilence}, kShort, "no whole answer within 0 s"}),
    [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace conform
