#include "mock/answer.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

std::string Render(const Answer& answer, std::string_view method = "GET") {
  return RenderAnswer(FrameAnswer(answer, method));
}

TEST(RenderAnswer, ContentHasItsLength) {
  EXPECT_EQ(Render({200, {{"Content-Type", "text/plain"}}, "hello", false}),
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello");
}

TEST(RenderAnswer, NoContentIsZeroBytesLong) {
  EXPECT_EQ(Render({202, {}, "", false}), "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
}

TEST(RenderAnswer, StatusesWithoutContentHaveNoFraming) {
  EXPECT_EQ(Render({204, {{"A", "b"}}, "dropped", false}),
            "HTTP/1.1 204 No Content\r\nA: b\r\n\r\n");
  EXPECT_EQ(Render({304, {}, "", false}), "HTTP/1.1 304 Not Modified\r\n\r\n");
}

TEST(RenderAnswer, HeadHasTheLengthAndNotTheContent) {
  EXPECT_EQ(Render({404, {}, "hello", false}, "HEAD"),
            "HTTP/1.1 404 Not Found\r\nContent-Length: 5\r\n\r\n");
}

TEST(RenderAnswer, LastAnswerOfAConnectionSaysSo) {
  EXPECT_EQ(Render({204, {}, "", true}), "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
}

TEST(CloseAfter, SaysItOnce) {
  WireAnswer answer = FrameAnswer({204, {}, "", true}, "GET");
  CloseAfter(answer);
  EXPECT_EQ(answer.field_lines.size(), 1u);
  EXPECT_TRUE(answer.close);
}

TEST(ReasonPhrase, IsUnknownWhereTheRegistryIsNotAsked) {
  EXPECT_EQ(ReasonPhrase(429), "Too Many Requests");
  EXPECT_EQ(ReasonPhrase(299), "Unknown");
}

}  // namespace
}  // namespace conform
