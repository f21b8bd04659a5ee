#include "exchange/request.h"

#include <gtest/gtest.h>

#include "exchange/client.h"
#include "exchange/request_reader.h"
#include "testing/hostile_server.h"

namespace conform {
namespace {

struct RequestRow {
  std::string_view name;
  Request request;
  std::string bytes;
};

const std::vector<RequestRow> kRows = {
    {"the documented request",
     {"POST",
      "/beta/sync",
      {{"Host", "a"}, {"Accept", "application/json"}, {"Content-Length", "0"}},
      "",
      false,
      {}},
     "POST /beta/sync HTTP/1.1\r\nHost: a\r\nAccept: application/json\r\nContent-Length: "
     "0\r\n\r\n"},
    {"nothing but a request line", {"GET", "/", {}, "", false, {}}, "GET / HTTP/1.1\r\n\r\n"},
    {"no length",
     {"POST", "/", {{"Host", "a"}}, "", false, {}},
     "POST / HTTP/1.1\r\nHost: a\r\n\r\n"},
    {"a body without a length",
     {"POST", "/", {{"Host", "a"}}, "abc", false, {}},
     "POST / HTTP/1.1\r\nHost: a\r\n\r\nabc"},
    {"a length too long",
     {"POST", "/", {{"Content-Length", "5"}}, "abc", false, {}},
     "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nabc"},
    {"a length too short",
     {"POST", "/", {{"Content-Length", "1"}}, "abc", false, {}},
     "POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\nabc"},
    {"repeated and odd-cased names",
     {"GET", "/", {{"aCCept", "a"}, {"ACCEPT", "b"}, {"accept", ""}}, "", false, {}},
     "GET / HTTP/1.1\r\naCCept: a\r\nACCEPT: b\r\naccept: \r\n\r\n"},
    {"a body on GET",
     {"GET", "/", {{"Content-Length", "2"}}, "ok", false, {}},
     "GET / HTTP/1.1\r\nContent-Length: 2\r\n\r\nok"},
    {"an unknown method", {"BREW", "/pot", {}, "", false, {}}, "BREW /pot HTTP/1.1\r\n\r\n"},
    {"a method in lower case", {"post", "/", {}, "", false, {}}, "post / HTTP/1.1\r\n\r\n"},
    {"an absolute-form target",
     {"GET", "http://other.example/a?b", {}, "", false, {}},
     "GET http://other.example/a?b HTTP/1.1\r\n\r\n"},
    {"an asterisk for a target", {"OPTIONS", "*", {}, "", false, {}}, "OPTIONS * HTTP/1.1\r\n\r\n"},
    {"spaces and control characters where none may be",
     {"G T", "/a b", {{"X Y", "a\tb\x01"}}, "", false, {}},
     "G T /a b HTTP/1.1\r\nX Y: a\tb\x01\r\n\r\n"},
    {"every byte of a body",
     {"PUT", "/", {{"Content-Length", "6"}}, std::string("\0\r\n\xff\x80z", 6), false, {}},
     std::string("PUT / HTTP/1.1\r\nContent-Length: 6\r\n\r\n\0\r\n\xff\x80z", 43)},
    {"one chunk",
     {"POST", "/", {{"Transfer-Encoding", "chunked"}}, "hello", true, {}},
     "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"},
    {"chunks of odd sizes, then the rest",
     {"POST", "/", {{"Transfer-Encoding", "chunked"}}, "abcdefghijklmnopqrst", true, {1, 3}},
     "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
     "1\r\na\r\n3\r\nbcd\r\n10\r\nefghijklmnopqrst\r\n0\r\n\r\n"},
    {"chunk sizes beyond the body",
     {"POST", "/", {{"Transfer-Encoding", "chunked"}}, "ab", true, {1, 9, 9}},
     "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n1\r\nb\r\n0\r\n\r\n"},
    {"a chunk size of zero, which would end the body",
     {"POST", "/", {{"Transfer-Encoding", "chunked"}}, "ab", true, {0, 1}},
     "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n1\r\nb\r\n0\r\n\r\n"},
    {"no content, chunked",
     {"POST", "/", {{"Transfer-Encoding", "chunked"}}, "", true, {4}},
     "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
    {"chunks that no field tells of",
     {"POST", "/", {}, "ab", true, {}},
     "POST / HTTP/1.1\r\n\r\n2\r\nab\r\n0\r\n\r\n"},
    {"chunks and a length",
     {"POST", "/", {{"Content-Length", "2"}, {"Transfer-Encoding", "chunked"}}, "ab", true, {}},
     "POST / HTTP/1.1\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n"
     "2\r\nab\r\n0\r\n\r\n"},
};

TEST(WriteRequest, WritesWhatWasAskedAndNothingElse) {
  for (const RequestRow& row : kRows) EXPECT_EQ(WriteRequest(row.request), row.bytes) << row.name;
}

TEST(WriteRequest, ReachesThePeerByteForByte) {
  const SystemClock clock;
  Bounds bounds;
  bounds.read = std::chrono::seconds{5};
  for (const RequestRow& row : kRows) {
    SCOPED_TRACE(row.name);
    HostileServer server({{{Act::Kind::kReadBytes, "", row.bytes.size()},
                           {Act::Kind::kWrite, "HTTP/1.1 204 No Content\r\n\r\n"}}});
    Client client(server.origin(), bounds, clock);
    const Attempt attempt = client.Send(row.request);
    ASSERT_TRUE(attempt.response.has_value());
    EXPECT_EQ(attempt.response->status, 204);
    EXPECT_EQ(server.received(0), row.bytes);
  }
}

TEST(ReadRequest, ReadsBackWhatWasWritten) {
  for (const RequestRow& row : kRows) {
    SCOPED_TRACE(row.name);
    RequestReader reader{Bounds()};
    std::string_view bytes = row.bytes;
    if (reader.Feed(bytes) != RequestReader::State::kComplete || !bytes.empty()) continue;
    EXPECT_EQ(WriteRequest(reader.received().request), row.bytes);
  }
}

TEST(ReadRequest, LeavesTheNextRequestWhereItIs) {
  RequestReader reader{Bounds()};
  std::string_view bytes = "POST /a HTTP/1.1\r\nContent-Length: 2\r\n\r\nokGET /b HTTP/1.1\r\n\r\n";
  EXPECT_EQ(reader.Feed(bytes), RequestReader::State::kComplete);
  EXPECT_EQ(reader.received().request.target, "/a");
  EXPECT_EQ(reader.received().request.body, "ok");
  EXPECT_EQ(reader.received().version, "HTTP/1.1");
  EXPECT_EQ(bytes, "GET /b HTTP/1.1\r\n\r\n");
}

TEST(ReadRequest, IsBrokenWhereNoEndCanBeTold) {
  for (const std::string_view text :
       {"GET\r\n", "GET / FTP/1.1\r\n", "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: squeeze\r\n\r\n"}) {
    RequestReader reader{Bounds()};
    std::string_view bytes = text;
    EXPECT_EQ(reader.Feed(bytes), RequestReader::State::kBroken) << text;
  }
}

}  // namespace
}  // namespace conform
