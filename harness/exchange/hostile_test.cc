#include <fmt/format.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <thread>

#include "exchange/client.h"
#include "testing/hostile_server.h"
#include "testing/sample_request.h"

namespace conform {
namespace {

using Kind = Act::Kind;
using std::chrono::milliseconds;

/// `time` is long where the time bounds are not what is tested, so that a busy machine hits none.
Bounds SmallBounds(milliseconds read, milliseconds exchange) {
  Bounds bounds;
  bounds.header_bytes = std::size_t{64} * 1024;
  bounds.body_bytes = std::size_t{1024} * 1024;
  bounds.read = read;
  bounds.exchange = exchange;
  return bounds;
}

const Bounds kPatient = SmallBounds(milliseconds{20'000}, milliseconds{20'000});
const Bounds kHasty = SmallBounds(milliseconds{1000}, milliseconds{2500});

/// More than the buffers of two sockets hold.
Request LargeUpload() {
  const std::size_t size = std::size_t{32} << 20;
  return {"PUT", "/", {{"Content-Length", std::to_string(size)}}, std::string(size, 'x'),
          false, {}};
}

std::string Gzip(std::size_t zeros) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 9, Z_DEFAULT_STRATEGY);
  std::string coded(zeros / 500 + 1000, '\0');
  stream.next_out = reinterpret_cast<Bytef*>(coded.data());
  stream.avail_out = static_cast<uInt>(coded.size());
  std::string plain(zeros, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(plain.data());
  stream.avail_in = static_cast<uInt>(plain.size());
  deflate(&stream, Z_FINISH);
  coded.resize(stream.total_out);
  deflateEnd(&stream);
  return coded;
}

std::string Repeat(std::string_view text, int times) {
  std::string repeated;
  for (int i = 0; i < times; ++i) repeated += text;
  return repeated;
}

std::string WithLength(const std::string& fields, const std::string& body) {
  return fmt::format("HTTP/1.1 200 OK\r\n{}Content-Length: {}\r\n\r\n{}", fields, body.size(),
                     body);
}

const Act kHalfClose{Kind::kHalfClose};
const std::string kOkWithLength = WithLength("", "ok");

Act Write(std::string bytes) { return {Kind::kWrite, std::move(bytes)}; }
Act ForEver(std::string bytes) { return {Kind::kWrite, std::move(bytes), 0}; }
Act DripForEver(std::string bytes) { return {Kind::kDrip, std::move(bytes), 0, milliseconds{50}}; }

struct HostileRow {
  std::string name;
  Script script;
  std::string told;  // what Tell makes of the attempt.
  Request request = kGet;
};

/// Trouble, status and observations, as far as there are any.
std::string Tell(const Attempt& attempt) {
  std::string told = attempt.trouble ? std::string(NameOf(attempt.trouble->kind)) : "whole";
  if (attempt.response) told += fmt::format(" {}", attempt.response->status);
  for (const Observation& one : attempt.observations) told += fmt::format(" {}", one.name);
  return told;
}

std::vector<HostileRow> EndlessRows() {
  return {
      {"a header",
       {kRead, Write("HTTP/1.1 200 OK\r\n"), ForEver("A: " + Repeat("x", 1000) + "\r\n")},
       "bound 200 header_bytes_bound"},
      {"one line", {kRead, ForEver(Repeat("x", 4096))}, "bound header_bytes_bound"},
      {"fields",
       {kRead, Write("HTTP/1.1 200 OK\r\n"), ForEver(Repeat("A:\r\n", 100))},
       "bound 200 header_count_bound"},
      {"interim answers",
       {kRead, ForEver("HTTP/1.1 100 Continue\r\n\r\n")},
       "bound interim_response interim_count_bound"},
      {"10 GB of declared content",
       {kRead,
        Write("HTTP/1.1 200 OK\r\nContent-Length: 10737418240\r\n\r\n"),
        {Kind::kWrite, Repeat("x", 65536), 163840}},
       "bound 200 body_bytes_bound"},
      {"content until the close",
       {kRead, Write("HTTP/1.1 200 OK\r\n\r\n"), ForEver(Repeat("x", 65536))},
       "bound 200 body_bytes_bound"},
      {"chunks",
       {kRead, Write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
        ForEver(Repeat("1;e=x\r\nx\r\n", 1000))},
       "bound 200 chunk_extension body_bytes_bound"},
      {"trailers",
       {kRead, Write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"),
        ForEver(Repeat("A:\r\n", 100))},
       "bound 200 trailer_fields header_count_bound"},
      {"a gzip bomb",
       {kRead, Write(WithLength("Content-Encoding: gzip\r\n", Gzip(std::size_t{64} << 20)))},
       "whole 200 decoded_bytes_bound"},
      {"JSON nested 100,000 deep",
       {kRead, Write(WithLength("Content-Type: application/json\r\n", Repeat("[", 100'000)))},
       "whole 200 json_depth_bound"},
  };
}

std::vector<HostileRow> ClosingRows() {
  const std::string refusal = WithLength("Connection: close\r\n", "no");
  return {
      {"closes after the request", {kRead}, "closed early_close"},
      {"closes its side after the request", {kRead, kHalfClose, kSilence}, "closed early_close"},
      {"closes its side after the answer",
       {kRead, Write(kOkWithLength), kHalfClose, kSilence},
       "whole 200"},
      {"ends its content by closing its side",
       {kRead, Write("HTTP/1.1 200 OK\r\n\r\nok"), kHalfClose, kSilence},
       "whole 200 ends_by_close"},
      {"closes within the content",
       {kRead, Write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok")},
       "closed 200 early_close"},
      {"resets after the request", {kRead, {Kind::kReset}}, "reset"},
      {"answers before the request is whole",
       {{Kind::kReadBytes, "", 100}, Write(refusal), kSilence},
       "whole 200 answered_before_request",
       LargeUpload()},
      {"answers before the request is whole and breaks the connection",
       {{Kind::kReadBytes, "", 100}, Write(refusal), {Kind::kClose}},
       "whole 200 answered_before_request",
       LargeUpload()},
  };
}

std::vector<HostileRow> OddRows() {
  const auto says = [](std::string answer) {
    return Script{kRead, Write(std::move(answer)), kSilence};
  };
  return {
      {"answers as it should", says(kOkWithLength), "whole 200"},
      {"drips a whole answer",
       {kRead, {Kind::kDrip, kOkWithLength, 1, milliseconds{1}}, kSilence},
       "whole 200"},
      {"answers twice", says(kOkWithLength + kOkWithLength), "whole 200 second_answer"},
      {"sends content after a 204", says("HTTP/1.1 204 No Content\r\n\r\nabc"),
       "whole 204 content_after_no_content"},
      {"announces content on a 204 and sends it later",
       {kRead,
        Write("HTTP/1.1 204 No Content\r\nContent-Length: 3\r\n\r\n"),
        {Kind::kAwaitSignal},
        Write("abc"),
        kSilence},
       "whole 204 content_length_forbidden content_after_no_content"},
      {"is not HTTP", says("SSH-2.0-OpenSSH_9.2\r\n"), "malformed status_line_malformed"},
      {"says 2O4", says("HTTP/1.1 2O4 No Content\r\n\r\n"), "malformed status_not_three_digits"},
      {"says 99", says("HTTP/1.1 99 Low\r\n\r\n"), "malformed status_not_three_digits"},
      {"says 1000", says("HTTP/1.1 1000 High\r\n\r\n"), "malformed status_not_three_digits"},
      {"gives two lengths",
       says("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"),
       "malformed 200 conflicting_content_length"},
      {"redirects to itself",
       says("HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n"), "whole 302"},
      {"redirects to another host",
       says("HTTP/1.1 302 Found\r\nLocation: http://b.example/\r\nContent-Length: 0\r\n\r\n"),
       "whole 302"},
      {"redirects to a file",
       says("HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n"),
       "whole 302"},
      {"sends NaN, a huge number and invalid UTF-8 for JSON",
       says(WithLength("Content-Type: application/json\r\n", "[NaN, 1e999999, \"\xff\"]")),
       "whole 200"},
  };
}

std::vector<HostileRow> SilentRows() {
  return {
      {"accepts and says nothing", {kSilence}, "timeout"},
      {"reads the request and says nothing", {kRead, kSilence}, "timeout"},
      {"stops within the header",
       {kRead, Write("HTTP/1.1 200 OK\r\nA: b"), kSilence},
       "timeout 200"},
      {"stops within the content",
       {kRead, Write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab"), kSilence},
       "timeout 200"},
      {"drips a header without end",
       {kRead, Write("HTTP/1.1 200 OK\r\n"), DripForEver("A: b\r\n")},
       "timeout 200"},
      {"drips content without end",
       {kRead, Write("HTTP/1.1 200 OK\r\n\r\n"), DripForEver("x")},
       "timeout 200"},
      {"never reads a large upload", {kSilence}, "timeout", LargeUpload()},
  };
}

void ExpectRow(const HostileRow& row, const Bounds& bounds) {
  SCOPED_TRACE(row.name);
  HostileServer server({row.script});
  server.Signal();
  Client client(server.origin(), bounds, kClock);
  const Attempt attempt = client.Send(row.request);
  EXPECT_EQ(Tell(attempt), row.told);
  EXPECT_EQ(server.connections(), 1u);
  // What the client did not read still fills the buffers of two sockets, and no more.
  EXPECT_LT(server.bytes_written(), std::size_t{32} << 20);
  if (!attempt.response) return;
  // All that is kept of an answer is here, so this bounds the memory that it costs.
  EXPECT_LE(attempt.response->body.size(), bounds.body_bytes);
  EXPECT_LE(attempt.response->decoded_body.size(), bounds.body_bytes);
  EXPECT_LE(attempt.response->fields.size(), bounds.header_count);
  EXPECT_LE(attempt.response->trailers.size(), bounds.header_count);
  EXPECT_LE(attempt.response->interim.size(), bounds.interim_count + 1);
}

TEST(SendToAHostileServer, StopsAtTheBoundOfWhatNeverEnds) {
  for (const HostileRow& row : EndlessRows()) ExpectRow(row, kPatient);
}

TEST(SendToAHostileServer, TellsHowItClosed) {
  for (const HostileRow& row : ClosingRows()) ExpectRow(row, kPatient);
}

TEST(SendToAHostileServer, TellsWhatWasOdd) {
  for (const HostileRow& row : OddRows()) ExpectRow(row, kPatient);
}

TEST(SendToAHostileServer, GivesUpAtTheTimeBounds) {
  std::vector<std::thread> at_once;
  for (const HostileRow& row : SilentRows()) {
    at_once.emplace_back([row] { ExpectRow(row, kHasty); });
  }
  for (std::thread& one : at_once) one.join();
}

TEST(SendToAHostileServer, TellsOfACloseAtOnceInWhicheverWayItIsSeen) {
  HostileServer server({{{Kind::kClose}}});
  // The close crosses with the request: the client may meet an end, a reset or a broken pipe.
  Client client(server.origin(), kPatient, kClock);
  const std::string told = Tell(client.Send(kGet));
  EXPECT_TRUE(told == "closed early_close" || told == "reset" || told == "send") << told;
}

TEST(SendToAHostileServer, SurvivesACloseAtEveryByteOfAnAnswer) {
  const std::string answer =
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
      "2\r\nok\r\n0\r\nT: t\r\n\r\n";
  std::vector<Script> scripts;
  for (std::size_t size = 0; size <= answer.size(); ++size) {
    scripts.push_back(AnswerAndClose(answer.substr(0, size)));
  }
  HostileServer server(scripts);
  Client client(server.origin(), kPatient, kClock);
  for (std::size_t size = 0; size < answer.size(); ++size) {
    const std::string told = Tell(client.Send(kGet));
    EXPECT_TRUE(told.starts_with("closed ") && told.ends_with(" early_close")) << size << told;
  }
  EXPECT_EQ(Tell(client.Send(kGet)), "whole 200 interim_response trailer_fields");
}

}  // namespace
}  // namespace conform
