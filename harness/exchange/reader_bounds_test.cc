// Where exactly the readers of answers and of requests stop, and at which byte they say so.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "exchange/request_reader.h"
#include "exchange/response_reader.h"

namespace conform {
namespace {

std::string TellObservations(const std::vector<Observation>& observations) {
  std::string told;
  for (const Observation& one : observations) {
    told += fmt::format("{}@{} {}\n", one.name, one.offset, one.detail);
  }
  return told;
}

/// The reader's state in one word, and what it observed, once the connection is closed.
std::string TellAnswer(std::string_view bytes, const Bounds& bounds = {}) {
  ResponseReader reader("GET", bounds);
  reader.Feed(bytes);
  const auto state = reader.FinishAtClose();
  return std::string(state == ResponseReader::State::kComplete ? "complete\n" : "broken\n") +
         TellObservations(reader.observations());
}

const std::string kChunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

TEST(ReadResponseBounds, SaysWhereItWasClosed) {
  EXPECT_EQ(TellAnswer(""), "broken\nearly_close@0 before any byte of an answer\n");
  EXPECT_EQ(TellAnswer("H"), "broken\nearly_close@1 within the header section, after 1 bytes\n");
}

TEST(ReadResponseBounds, CountsTheHeaderSectionToTheByte) {
  const std::string header = "HTTP/1.1 204 No Content\r\nX: y\r\n\r\n";
  Bounds bounds;
  bounds.header_bytes = header.size();
  EXPECT_EQ(TellAnswer(header, bounds), "complete\n");
  bounds.header_bytes = header.size() - 1;
  EXPECT_EQ(TellAnswer(header, bounds),
            fmt::format("broken\nheader_bytes_bound@{0} more than {0} bytes\n", header.size() - 1));
}

TEST(ReadResponseBounds, CountsInterimAnswersAndTheFieldsOfEachSection) {
  const std::string interim = "HTTP/1.1 103 Early Hints\r\nA: b\r\nC: d\r\n\r\n";
  Bounds bounds;
  bounds.interim_count = 2;
  bounds.header_count = 2;
  const auto broken = [&](const std::string& bytes) {
    return TellAnswer(bytes, bounds).starts_with("broken\n");
  };
  const std::string last = "HTTP/1.1 204 No Content\r\nE: f\r\nG: h\r\n\r\n";
  EXPECT_FALSE(broken(interim + interim + last));
  EXPECT_TRUE(broken(interim + interim + interim + last));
  EXPECT_TRUE(broken("HTTP/1.1 204 No Content\r\nE: f\r\nG: h\r\nI: j\r\n\r\n"));
}

TEST(ReadResponseBounds, CountsChunkExtensionsAndTrailersTogether) {
  Bounds bounds;
  bounds.header_bytes = kChunked.size();
  const std::string extension = "1;" + std::string(20, 'x') + "\r\n";  // 24 bytes
  const auto told = [&](std::size_t trailer_bytes) {
    const std::string trailer = "T: " + std::string(trailer_bytes - 5, 'y') + "\r\n";
    return TellAnswer(kChunked + extension + "z\r\n0\r\n" + trailer + "\r\n", bounds);
  };
  const std::size_t left = bounds.header_bytes - 24 - 2;  // the last line is a trailer's too
  EXPECT_TRUE(told(left).starts_with("complete\n"));
  EXPECT_TRUE(told(left + 1).starts_with("broken\n"));
  EXPECT_NE(
      told(left + 1).find(fmt::format("header_bytes_bound@{} more than {} bytes of chunk",
                                      kChunked.size() + 24 + 3 + 3 + left + 2, kChunked.size())),
      std::string::npos)
      << told(left + 1);
}

TEST(ReadResponseBounds, CountsNoPlainChunkSizes) {
  Bounds bounds;
  bounds.header_bytes = kChunked.size();
  std::string plain = kChunked;
  for (int i = 0; i < 10; ++i) plain += "0000000000000001\r\nx\r\n";  // 18 bytes each
  EXPECT_TRUE(TellAnswer(plain + "0\r\n\r\n", bounds).starts_with("complete\n"));
  std::string padded = kChunked;
  for (int i = 0; i < 10; ++i) padded += "00000000000000001\r\nx\r\n";  // 19
  EXPECT_TRUE(TellAnswer(padded + "0\r\n\r\n", bounds).starts_with("broken\n"));
}

TEST(ReadResponseBounds, TellsTheOneByteThatIsNoEndOfAChunk) {
  EXPECT_EQ(
      TellAnswer(kChunked + "1\r\nxZY"),
      fmt::format("broken\nmissing_chunk_crlf@{} 'Z' after a chunk's data\n", kChunked.size() + 4));
  EXPECT_EQ(TellAnswer(kChunked + "1\r\nx\r\r\n"),
            fmt::format("broken\nmissing_chunk_crlf@{} '\\r' after a chunk's data\n",
                        kChunked.size() + 5));
}

TEST(ReadResponseBounds, TellsSurplusAlsoWhereTheFramingIsInDoubt) {
  EXPECT_NE(TellAnswer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n"
                       "0\r\n\r\nxyz")
                .find("surplus_after_chunks@"),
            std::string::npos);
}

TEST(ReadResponseBounds, StopsInTheHeaderSectionToo) {
  ResponseReader reader("GET", Bounds());
  reader.Feed("HTTP/1.1 2");
  reader.Stop();
  EXPECT_EQ(reader.state(), ResponseReader::State::kBroken);
  ResponseReader whole("GET", Bounds());
  whole.Feed("HTTP/1.1 204 No Content\r\n\r\n");
  whole.Stop();
  EXPECT_EQ(whole.state(), ResponseReader::State::kComplete);
}

TEST(ReadResponseBounds, KeepsNoConnectionThatTheEndOfTheContentCloses) {
  ResponseReader reader("GET", Bounds());
  reader.Feed("HTTP/1.1 200 OK\r\n\r\nx");
  EXPECT_EQ(reader.FinishAtClose(), ResponseReader::State::kComplete);
  EXPECT_FALSE(reader.keeps_alive());
}

std::string TellRequest(const std::vector<std::string>& pieces, const Bounds& bounds = {}) {
  RequestReader reader(bounds);
  std::string rest;
  for (const std::string& piece : pieces) {
    std::string_view bytes = piece;
    reader.Feed(bytes);
    rest += bytes;
  }
  const auto state = reader.state();
  return std::string(state == RequestReader::State::kComplete ? "complete"
                     : state == RequestReader::State::kBroken ? "broken"
                                                              : "more") +
         " '" + reader.received().request.body + "' rest '" + rest + "'\n" +
         TellObservations(reader.observations());
}

TEST(ReadRequestBounds, CountsTheHeaderSectionToTheByte) {
  const std::string header = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  Bounds bounds;
  bounds.header_bytes = header.size();
  EXPECT_EQ(TellRequest({header}, bounds), "complete '' rest ''\n");
  bounds.header_bytes = header.size() - 1;
  EXPECT_EQ(TellRequest({header}, bounds),
            fmt::format("broken '' rest ''\nheader_bytes_bound@{} \n", header.size()));
  // Also where the line has no end yet.
  bounds.header_bytes = 10;
  EXPECT_EQ(TellRequest({"GET /a/long", "/path"}, bounds),
            "broken '' rest '/path'\nheader_bytes_bound@11 \n");
}

TEST(ReadRequestBounds, CountsBytesOverItsPieces) {
  const std::string header = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
  EXPECT_EQ(TellRequest({header, "2\r\nab\r\n", "1\nc\r\n0\r\n\r\nGET"}),
            fmt::format("complete 'abc' rest 'GET'\nbare_lf_in_chunk@{} 1\n", header.size() + 7));
  EXPECT_EQ(TellRequest({"GET / HTTP/1.1\r\n", "Host: a\n", "\r\n"}).substr(0, 30),
            "complete '' rest ''\nbare_lf@16");
}

}  // namespace
}  // namespace conform
