#include "mock/mock_server.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "mock/mock_connection.h"
#include "mock/sample_server.h"

namespace conform {
namespace {

TEST_F(MockServerTest, ListensOnAFreeLoopbackPort) {
  EXPECT_GT(server_->port(), 0);
  EXPECT_EQ(server_->origin(), "http://127.0.0.1:" + std::to_string(server_->port()));
}

TEST_F(MockServerTest, A204EndsWithItsHeaderSection) {
  Wire wire(server_->port());
  wire.Send(Post("t"));
  const std::string answer = wire.Read();
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 204 No Content\r\n")) << answer;
  EXPECT_TRUE(answer.ends_with("GMT\r\n\r\n")) << answer;
  EXPECT_EQ(answer.find("Content-Length"), std::string::npos);
  EXPECT_EQ(answer.find("Transfer-Encoding"), std::string::npos);
}

TEST_F(MockServerTest, KeepsAConnectionForManyRequests) {
  Wire wire(server_->port());
  for (int i = 0; i < 50; ++i) {
    wire.Send(Get());
    EXPECT_EQ(StatusLines(wire.Read()), "405 ") << i;
  }
  EXPECT_EQ(server_->served(), 50u);
}

TEST_F(MockServerTest, AnswersPipelinedRequestsInOrder) {
  Wire wire(server_->port());
  wire.Send(Post("t") + Get("/nowhere") + Post("t", "Content-Length: 4", "GET ") + "\r\n" + Get());
  EXPECT_EQ(StatusLines(wire.Read(4)), "204 404 409 405 ");
}

TEST_F(MockServerTest, HoldsNoAnswerBackForContentThatIsNotThere) {
  Wire wire(server_->port());
  wire.Send(Get() + Raw("POST /beta/things/sync", "Content-Length: 5\r\n"));
  EXPECT_EQ(StatusLines(wire.Read()), "405 ");
  wire.Send("hello");
  EXPECT_EQ(StatusLines(wire.Read()), "401 ");
}

struct FramingRow {
  const char* name;
  std::string bytes;
  const char* statuses;
  bool ends;  ///< the connection is closed behind the answer.
};

class MockServerFrames : public MockServerTest, public testing::WithParamInterface<FramingRow> {};

// A second request follows: it is answered where the first one left the connection open.
TEST_P(MockServerFrames, Requests) {
  const std::string_view statuses = GetParam().statuses;
  const auto count = std::count(statuses.begin(), statuses.end(), ' ');
  Wire wire(server_->port());
  wire.Send(GetParam().bytes);
  wire.Send(Get("/second"));
  const std::string answers =
      GetParam().ends ? wire.ReadToEnd() : wire.Read(static_cast<int>(count));
  EXPECT_EQ(StatusLines(answers), GetParam().statuses);
}

/// More than a head may have, in lines of a usual length.
std::string ManyFields() {
  std::string fields;
  while (fields.size() <= kLongestHead) fields += "X-Many: " + std::string(100, 'a') + "\r\n";
  return fields;
}

INSTANTIATE_TEST_SUITE_P(
    Table, MockServerFrames,
    testing::Values(
        FramingRow{"PostWithoutLength", Raw("POST /beta/things/sync"), "411 ", true},
        FramingRow{"PutWithoutLength", Raw("PUT /beta/things/sync"), "411 ", true},
        FramingRow{"GetWithoutLength", Raw("GET /beta/things/sync"), "405 404 ", false},
        FramingRow{"DeleteWithoutLength", Raw("DELETE /beta/things/sync"), "405 404 ", false},
        FramingRow{"GetWithContent", Raw("GET /beta/things/sync", "Content-Length: 5\r\n", "hello"),
                   "405 404 ", false},
        FramingRow{"Chunked",
                   Raw("POST /beta/things/sync", "Transfer-Encoding: chunked\r\n",
                       "5;x=y\r\nhello\r\n1\r\n!\r\n0\r\nTrailer: x\r\n\r\n"),
                   "401 404 ", false},
        FramingRow{"NoChunk",
                   Raw("POST /beta/things/sync", "transfer-encoding: Chunked\r\n", "0\r\n\r\n"),
                   "401 404 ", false},
        FramingRow{"MalformedChunk",
                   Raw("POST /beta/things/sync", "Transfer-Encoding: chunked\r\n", "x\r\n"), "400 ",
                   true},
        FramingRow{"ChunkOfAnotherSize",
                   Raw("POST /beta/things/sync", "Transfer-Encoding: chunked\r\n",
                       "2\r\nhello\r\n0\r\n\r\n"),
                   "400 ", true},
        FramingRow{"HugeChunk",
                   Raw("POST /beta/things/sync", "Transfer-Encoding: chunked\r\n", "fffffff\r\n"),
                   "413 ", true},
        FramingRow{"UnknownTransferCoding",
                   Raw("POST /beta/things/sync", "Transfer-Encoding: gzip\r\n"), "501 ", true},
        FramingRow{"LengthAndChunked",
                   Raw("POST /beta/things/sync",
                       "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
                   "400 ", true},
        FramingRow{"TwoLengths",
                   Raw("POST /beta/things/sync", "Content-Length: 0\r\nContent-Length: 0\r\n"),
                   "400 ", true},
        FramingRow{"MalformedLength", Raw("POST /beta/things/sync", "Content-Length: +1\r\n", "x"),
                   "400 ", true},
        FramingRow{"HugeLength", Raw("POST /beta/things/sync", "Content-Length: 99999999\r\n"),
                   "413 ", true},
        FramingRow{
            "Expect100",
            Raw("POST /beta/things/sync", "Content-Length: 5\r\nExpect: 100-Continue\r\n", "hello"),
            "100 401 404 ", false},
        FramingRow{"UnknownMethod", Raw("PROPFIND /beta/things/sync"), "501 ", true},
        FramingRow{"LowerCaseMethod", Raw("post /beta/things/sync"), "501 ", true},
        FramingRow{"EmptyLineBefore", "\r\n" + Raw("GET /beta/things/sync"), "405 404 ", false},
        FramingRow{"NoHost", "GET /beta/things/sync HTTP/1.1\r\n\r\n", "400 ", true},
        FramingRow{"TwoHosts", Raw("GET /beta/things/sync", "Host: h\r\n"), "400 ", true},
        FramingRow{"NotHttp", "hello\r\n", "400 ", true},
        FramingRow{"NotHttpBareLf", "hello\n", "400 ", true},
        FramingRow{"BareLfAlone", "GET / HTTP/1.1\nHost: h\n\n", "400 ", true},
        FramingRow{"Http2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "505 ", true},
        FramingRow{"Http09", "GET / HTTP/0.9\r\n", "505 ", true},
        FramingRow{"Http12", "GET /beta/things/sync HTTP/1.2\r\nHost: h\r\n\r\n", "405 404 ",
                   false},
        FramingRow{"Http12WithoutHost", "GET /beta/things/sync HTTP/1.2\r\n\r\n", "400 ", true},
        FramingRow{"NoVersion", "GET / HTTP/1.10\r\nHost: h\r\n\r\n", "400 ", true},
        FramingRow{"EmptyHost", "GET / HTTP/1.1\r\nHost:\r\n\r\n", "400 ", true},
        FramingRow{"HostIsNone", "GET / HTTP/1.0\r\nHost: a b\r\n\r\n", "400 ", true},
        FramingRow{"VeryLongTarget", Raw("GET /" + std::string(100'000, 'a')), "414 ", true},
        FramingRow{"VeryLongUnknownMethod", Raw("PROPFIND /" + std::string(100'000, 'a')), "501 ",
                   true},
        FramingRow{"VeryLongNonsense", std::string(100'000, 'a'), "400 ", true},
        FramingRow{
            "TwoConnectionFields",
            Raw("GET /beta/things/sync", "Connection: keep-alive\r\nConnection: x, close\r\n"),
            "405 ", true},
        FramingRow{"Http10KeepAliveInTheSecondField",
                   "GET /beta/things/sync HTTP/1.0\r\nConnection: x\r\n"
                   "Connection: y, Keep-Alive\r\n\r\n",
                   "405 404 ", false},
        FramingRow{"Http10Chunked",
                   "POST /beta/things/sync HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                   "400 ", true},
        FramingRow{
            "SpaceBeforeChunkSize",
            Raw("POST /beta/things/sync", "Transfer-Encoding: chunked\r\n", " 1\r\n!\r\n0\r\n\r\n"),
            "400 ", true},
        FramingRow{
            "SpaceBehindChunkSize",
            Raw("POST /beta/things/sync", "Transfer-Encoding: chunked\r\n", "1 \r\n!\r\n0\r\n\r\n"),
            "400 ", true},
        FramingRow{"SpaceBeforeChunkExtension",
                   Raw("POST /beta/things/sync", "Transfer-Encoding: chunked\r\n",
                       "1\t;x\r\n!\r\n0\r\n\r\n"),
                   "401 404 ", false},
        FramingRow{"BareLfInFields", "GET / HTTP/1.1\r\nHost: h\nA: b\r\n\r\n", "400 ", true},
        FramingRow{"FieldWithoutColon", Raw("GET /beta/things/sync", "Nonsense\r\n"), "400 ", true},
        FramingRow{"LongTarget", Raw("GET /" + std::string(9000, 'a')), "414 ", true},
        FramingRow{"LongField",
                   Raw("GET /beta/things/sync", "X-Long: " + std::string(9000, 'a') + "\r\n"),
                   "431 ", true},
        FramingRow{"ManyFields", Raw("GET /beta/things/sync", ManyFields()), "431 ", true},
        FramingRow{"AsksToClose", Raw("GET /beta/things/sync", "Connection: CLOSE\r\n"), "405 ",
                   true},
        FramingRow{"Http10", "GET /beta/things/sync HTTP/1.0\r\n\r\n", "405 ", true},
        FramingRow{"Http10KeepAlive",
                   "GET /beta/things/sync HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", "405 404 ",
                   false},
        FramingRow{"AbsoluteForm", Raw("GET http://localhost/beta/things/sync"), "405 404 ",
                   false}),
    [](const testing::TestParamInfo<FramingRow>& row) { return row.param.name; });

TEST_F(MockServerTest, ServesManyClientsAtOnce) {
  constexpr int kClients = 40;
  constexpr int kRequests = 25;
  std::atomic<int> right = 0;
  std::vector<std::thread> clients;
  clients.reserve(kClients);
  for (int client = 0; client < kClients; ++client) {
    clients.emplace_back([this, client, &right] {
      Wire wire(server_->port());
      for (int i = 0; i < kRequests; ++i) {
        wire.Send(Post("t" + std::to_string(client)));
        if (StatusLines(wire.Read()) == (i == 0 ? "204 " : "409 ")) ++right;
      }
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(right, kClients * kRequests);
  EXPECT_EQ(server_->served(), static_cast<std::uint64_t>(kClients * kRequests));
}

TEST_F(MockServerTest, ControlRequestMovesATenantsClock) {
  Wire wire(server_->port());
  wire.Send(Post("t"));
  EXPECT_EQ(StatusLines(wire.Read()), "204 ");
  wire.Send(
      Raw("POST /.conform/tenants/t/clock", "Content-Length: 21\r\n", R"({"advance_ms":600000})"));
  EXPECT_EQ(wire.Read(), "HTTP/1.1 204 No Content\r\n\r\n");
  wire.Send(Post("t"));
  EXPECT_EQ(StatusLines(wire.Read()), "204 ");
}

TEST_F(MockServerTest, FaultsAreChangedWhileItRuns) {
  Wire wire(server_->port());
  ASSERT_TRUE(server_->SetFaults({"no_date"}).has_value());
  wire.Send(Get());
  EXPECT_EQ(wire.Read().find("Date: "), std::string::npos);
  const Expected<void> refused = server_->SetFaults({"no_dat"});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().message, "the mock has no fault 'no_dat': did you mean 'no_date'?");
  wire.Send(Get());
  EXPECT_EQ(wire.Read().find("Date: "), std::string::npos);
  ASSERT_TRUE(server_->SetFaults({}).has_value());
  wire.Send(Get());
  EXPECT_NE(wire.Read().find("Date: "), std::string::npos);
}

TEST_F(MockServerTest, StopEndsIdleConnections) {
  Wire idle(server_->port());
  Wire used(server_->port());
  used.Send(Get());
  used.Read();
  EXPECT_TRUE(StopsSoon());
  EXPECT_EQ(idle.ReadToEnd(), "");
  EXPECT_EQ(used.ReadToEnd(), "");
  EXPECT_FALSE(Wire(server_->port()).connected());
  server_->Stop();
}

TEST_F(MockServerTest, StopDoesNotWaitForHalfARequest) {
  Wire wire(server_->port());
  wire.Send(Raw("POST /beta/things/sync", "Content-Length: 10\r\nExpect: 100-continue\r\n"));
  // From here on the server waits for content.
  ASSERT_EQ(StatusLines(wire.Read()), "100 ");
  wire.Send("half");
  EXPECT_TRUE(StopsSoon());
  const std::string statuses = StatusLines(wire.ReadToEnd());
  EXPECT_TRUE(statuses.empty() || statuses == "400 ") << statuses;
}

TEST_F(MockServerTest, StopBreaksOffAnAnswerThatIsHeldBack) {
  MockOptions options;
  options.latency = std::chrono::hours(1);
  Start(options);
  Wire wire(server_->port());
  wire.Send(Get());
  while (server_->served() == 0) std::this_thread::yield();
  EXPECT_TRUE(StopsSoon());
  EXPECT_EQ(wire.ReadToEnd(), "");
}

TEST_F(MockServerTest, LatencyHoldsAnswersBack) {
  constexpr std::chrono::milliseconds kLatency{30};
  MockOptions options;
  options.latency = kLatency;
  Start(options);
  Wire wire(server_->port());
  const auto start = std::chrono::steady_clock::now();
  wire.Send(Get());
  EXPECT_EQ(StatusLines(wire.Read()), "405 ");
  EXPECT_GE(std::chrono::steady_clock::now() - start, kLatency);
}

TEST_F(MockServerTest, StopsAsSoonAsItStarted) {
  for (int i = 0; i < 20; ++i) Start({});
}

TEST_F(MockServerTest, APortThatIsTakenIsAnError) {
  MockOptions options;
  options.port = server_->port();
  const auto second = MockServer::Start(options);
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().message,
            "the mock cannot listen on port " + std::to_string(options.port) +
                " of 127.0.0.1: it is in use or not allowed; --port 0 takes a free one");
}

TEST_F(MockServerTest, AnUnknownFaultIsAnError) {
  MockOptions options;
  options.faults = {"no_dat"};
  const auto server = MockServer::Start(options);
  ASSERT_FALSE(server.has_value());
  EXPECT_EQ(server.error().message, "the mock has no fault 'no_dat': did you mean 'no_date'?");
}

}  // namespace
}  // namespace conform
