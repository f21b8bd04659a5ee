#include "mock/mock_connection.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>

namespace conform {
namespace {

/// A connection, and the client's end of it.
class MockConnectionTest : public testing::Test {
 protected:
  MockConnectionTest() {
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends_.data()), 0);
    connection_.emplace(ends_[0]);
  }
  ~MockConnectionTest() override {
    for (const int end : ends_) ::close(end);
  }

  void ClientSends(std::string_view bytes) const {
    EXPECT_EQ(::send(ends_[1], bytes.data(), bytes.size(), 0), static_cast<ssize_t>(bytes.size()));
  }
  /// What the client has by now.
  std::string ClientHas() const {
    std::array<char, 1024> bytes;
    const ssize_t got = ::recv(ends_[1], bytes.data(), bytes.size(), MSG_DONTWAIT);
    return {bytes.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0))};
  }
  std::string TakeNext() {
    if (!connection_->AwaitRequest() || !connection_->ReadThrough("\r\n\r\n")) return "";
    return connection_->TakeHead();
  }

  std::array<int, 2> ends_{};
  std::optional<MockConnection> connection_;
};

TEST_F(MockConnectionTest, AnswersTwoRequestsThatCameTogetherAtOnce) {
  ClientSends("one\r\n\r\ntwo\r\n\r\n");
  EXPECT_EQ(TakeNext(), "one\r\n\r\n");
  EXPECT_TRUE(connection_->Send("1"));
  EXPECT_EQ(ClientHas(), "");
  EXPECT_EQ(TakeNext(), "two\r\n\r\n");
  EXPECT_TRUE(connection_->Send("2"));
  EXPECT_EQ(ClientHas(), "12");
}

TEST_F(MockConnectionTest, HoldsNothingBackOnceItIsToldNotTo) {
  ClientSends("one\r\n\r\ntwo\r\n\r\n");
  EXPECT_EQ(TakeNext(), "one\r\n\r\n");
  EXPECT_TRUE(connection_->Send("1"));
  EXPECT_TRUE(connection_->Flush());
  EXPECT_EQ(ClientHas(), "1");
}

TEST_F(MockConnectionTest, HoldsNoMoreThanItHasRoomFor) {
  ClientSends("one\r\n\r\ntwo\r\n\r\n");
  EXPECT_EQ(TakeNext(), "one\r\n\r\n");
  EXPECT_TRUE(connection_->Send(std::string(std::size_t{64} * 1024, 'x')));
  EXPECT_NE(ClientHas(), "");
}

}  // namespace
}  // namespace conform
