#include "exchange/pipeline.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "exchange/client.h"
#include "testing/hostile_server.h"
#include "testing/sample_request.h"

namespace conform {
namespace {

using Kind = Act::Kind;

const Request kPut = {"PUT", "/", {{"Host", "a"}, {"Content-Length", "0"}}, "", false, {}};

std::string Numbered(int number) {
  return fmt::format("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n{}", number);
}

std::string Closing(int number) {
  return fmt::format("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\n{}", number);
}

/// Of each attempt its content, or its trouble; `-`: there is none.
std::string Show(const std::vector<std::optional<Attempt>>& attempts) {
  std::string shown;
  for (const std::optional<Attempt>& attempt : attempts) {
    if (!shown.empty()) shown += ' ';
    if (!attempt) {
      shown += '-';
    } else if (attempt->trouble) {
      shown += NameOf(attempt->trouble->kind);
    } else {
      shown += attempt->response->body;
    }
  }
  return shown;
}

std::vector<std::optional<Attempt>> SendInTurn(const HostileServer& server,
                                               std::vector<Request> requests) {
  Client client(server.origin(), PatientBounds(), kClock);
  return client.SendInTurn(std::move(requests));
}

struct InTurnRow {
  const char* name;
  std::vector<Request> requests;
  std::vector<Script> scripts;
  std::string shown;
  std::size_t received;  ///< requests, over all connections.
};

class InTurnTest : public testing::TestWithParam<InTurnRow> {};

/// A server that read one and answered it before it read the next would wait for ever.
TEST_P(InTurnTest, GivesEachRequestItsAnswer) {
  const HostileServer server(GetParam().scripts);
  EXPECT_EQ(Show(SendInTurn(server, GetParam().requests)), GetParam().shown);
  EXPECT_EQ(server.requests().size(), GetParam().received);
}

const Act kFirst{Kind::kWrite, Numbered(0)};
const Script kRest = {
    kRead, {Kind::kWrite, Numbered(7)}, kRead, {Kind::kWrite, Numbered(8)}, kSilence};

INSTANTIATE_TEST_SUITE_P(
    Client, InTurnTest,
    testing::Values(
        InTurnRow{"AFirstAloneAndTheOthersTogether",
                  {kGet, kGet, kGet, kGet},
                  {{kRead,
                    kFirst,
                    kRead,
                    kRead,
                    kRead,
                    {Kind::kWrite, Numbered(1) + Numbered(2) + Numbered(3)},
                    kSilence}},
                  "0 1 2 3",
                  4},
        InTurnRow{"AnswersInPieces",
                  {kGet, kGet, kPut, kPost},
                  {{kRead,
                    kFirst,
                    kRead,
                    kRead,
                    kRead,
                    {Kind::kDrip, Numbered(1) + Numbered(2) + Numbered(3)},
                    kSilence}},
                  "0 1 2 3",
                  4},
        InTurnRow{"NothingBehindAPostUntilItIsAnswered",
                  {kGet, kPost, kGet, kGet},
                  {{kRead,
                    kFirst,
                    kRead,
                    {Kind::kWrite, Numbered(1)},
                    kRead,
                    kRead,
                    {Kind::kWrite, Numbered(2) + Numbered(3)},
                    kSilence}},
                  "0 1 2 3",
                  4},
        InTurnRow{
            "TheServerSaysThatItCloses",
            {kGet, kGet, kPut, kPost},
            {{kRead, kFirst, kRead, kRead, kRead, {Kind::kWrite, Closing(1)}, kSilence}, kRest},
            "0 1 - -",
            4},
        InTurnRow{
            "TheServerCloses",
            {kGet, kGet, kGet, kPost},
            {{kRead, kFirst, kRead, kRead, kRead, {Kind::kWrite, Numbered(1)}, {Kind::kClose}},
             kRest},
            "0 - - -",
            4},
        InTurnRow{"TheServerClosesBeforeAnyAnswer",
                  {kGet, kGet, kPut},
                  {{kRead, kFirst, kRead, kRead, {Kind::kClose}}, kRest},
                  "0 - -",
                  3},
        InTurnRow{
            "AnAnswerIsCutOff",
            {kGet, kGet, kGet},
            {{kRead, kFirst, kRead, kRead, {Kind::kWrite, "HTTP/1.1 200 OK\r\n"}, {Kind::kClose}},
             kRest},
            "0 - -",
            3},
        InTurnRow{"WhatIsNoAnswerEndsIt",
                  {kGet, kGet, kGet},
                  {{kRead, kFirst, kRead, kRead, {Kind::kWrite, "nonsense\r\n"}, kSilence}, kRest},
                  "0 - -",
                  3},
        InTurnRow{"WhatComesLaterGoesOn",
                  {kGet, kGet, kPost, kGet, kGet},
                  {{kRead, kFirst, kRead, kRead, {Kind::kClose}}, kRest},
                  "0 - - 7 8",
                  5},
        InTurnRow{"MoreThanWasAskedFor",
                  {kGet, kGet, kGet},
                  {{kRead,
                    kFirst,
                    kRead,
                    kRead,
                    {Kind::kWrite, Numbered(1) + Numbered(2) + Numbered(3)},
                    kSilence},
                   kRest},
                  "0 - -",
                  3}),
    [](const auto& row) { return std::string(row.param.name); });

/// A second later each time that it is asked.
class AskedClock final : public Clock {
 public:
  std::chrono::system_clock::time_point Now() const override { return now_ += kStep; }
  void Sleep(std::chrono::milliseconds /*duration*/) override {}
  static constexpr std::chrono::seconds kStep{1};

 private:
  mutable std::chrono::system_clock::time_point now_;
};

TEST(SendInTurn, TellsOfEachWhenTheAnswerBeforeWasThere) {
  const HostileServer server(
      {{kRead, kFirst, kRead, kRead, {Kind::kWrite, Numbered(1) + Numbered(2)}, kSilence}});
  const AskedClock clock;
  Client client(server.origin(), PatientBounds(), clock);
  const auto attempts = client.SendInTurn({kGet, kGet, kGet});
  ASSERT_EQ(Show(attempts), "0 1 2");
  EXPECT_FALSE(attempts[0]->reused_connection);
  EXPECT_TRUE(attempts[2]->reused_connection);
  EXPECT_EQ(attempts[1]->started, attempts[0]->started + AskedClock::kStep);
  EXPECT_EQ(attempts[2]->started, attempts[1]->started + AskedClock::kStep);
  EXPECT_GT(*attempts[2]->times.last_byte, std::chrono::microseconds(0));
  EXPECT_EQ(attempts[2]->remote_address, attempts[0]->remote_address);
}

struct PlainRow {
  const char* name;
  bool pipelined;
  void (*change)(Request&);
};

class MayBePipelinedTest : public testing::TestWithParam<PlainRow> {};

TEST_P(MayBePipelinedTest, OnlyWhereNothingIsInDoubt) {
  Request request = kPost;
  GetParam().change(request);
  EXPECT_EQ(MayBePipelined(request), GetParam().pipelined);
}

INSTANTIATE_TEST_SUITE_P(
    Pipeline, MayBePipelinedTest,
    testing::Values(PlainRow{"Post", true, [](Request&) {}},
                    PlainRow{"Delete", true, [](Request& r) { r.method = "DELETE"; }},
                    PlainRow{"NoLengthAndNoContent", true, [](Request& r) { r.fields.pop_back(); }},
                    PlainRow{"LengthOfContent", true,
                             [](Request& r) {
                               r.body = "abc";
                               r.fields.back().value = "3";
                             }},
                    PlainRow{"NoLengthOfContent", false,
                             [](Request& r) {
                               r.body = "abc";
                               r.fields.pop_back();
                             }},
                    PlainRow{"LengthWithoutContent", false,
                             [](Request& r) { r.fields.back().value = "5"; }},
                    PlainRow{"TwoLengths", false,
                             [](Request& r) {
                               r.fields.push_back({"content-length", "0"});
                             }},
                    PlainRow{"Head", false, [](Request& r) { r.method = "HEAD"; }},
                    PlainRow{"Connect", false, [](Request& r) { r.method = "CONNECT"; }},
                    PlainRow{"UnknownMethod", false, [](Request& r) { r.method = "get"; }},
                    PlainRow{"Unframed", false, [](Request& r) { r.unframed = true; }},
                    PlainRow{"Chunked", false, [](Request& r) { r.chunked = true; }},
                    PlainRow{"BlankInTarget", false, [](Request& r) { r.target = "/a b"; }},
                    PlainRow{"LineInTarget", false, [](Request& r) { r.target = "/\r\n"; }},
                    PlainRow{"LineInField", false,
                             [](Request& r) {
                               r.fields.push_back({"A", "a\r\nB: b"});
                             }},
                    PlainRow{"BlankInFieldName", false,
                             [](Request& r) {
                               r.fields.push_back({"A ", "a"});
                             }},
                    PlainRow{"AsksToClose", false,
                             [](Request& r) {
                               r.fields.push_back({"connection", "close"});
                             }},
                    PlainRow{"Expects", false,
                             [](Request& r) {
                               r.fields.push_back({"Expect", "100-continue"});
                             }},
                    PlainRow{"Upgrades", false,
                             [](Request& r) {
                               r.fields.push_back({"Upgrade", "h2c"});
                             }}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(CountPipelined, EndsBehindWhatIsNotIdempotentAndBeforeWhatIsLarge) {
  Request large = kPut;
  large.body.assign(std::size_t{12} * 1024, 'x');
  large.fields.back().value = std::to_string(large.body.size());
  Request head = kGet;
  head.method = "HEAD";
  const std::vector<Request> requests = {kGet, kPut, kPost, kGet, head, large, large, kGet};
  std::vector<std::size_t> counts;
  for (std::size_t begin = 0; begin < requests.size(); begin += counts.back()) {
    counts.push_back(CountPipelined(requests, begin));
  }
  EXPECT_EQ(counts, (std::vector<std::size_t>{3, 1, 1, 1, 2}));
}

}  // namespace
}  // namespace conform
