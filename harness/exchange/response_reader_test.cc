#include "exchange/response_reader.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "testing/answer_table.h"

namespace conform {
namespace {

using State = ResponseReader::State;

const std::vector<AnswerRow>& ReaderRows() {
  static const std::vector<AnswerRow> kRows = [] {
    auto rows = LoadAnswerTable(CONFORM_TESTDATA "/answers");
    EXPECT_TRUE(rows.has_value()) << rows.error().message;
    return rows.value_or(std::vector<AnswerRow>());
  }();
  return kRows;
}

std::vector<std::string> NamesOf(const std::vector<Observation>& observations) {
  std::vector<std::string> names;
  names.reserve(observations.size());
  for (const Observation& one : observations) names.emplace_back(one.name);
  return names;
}

std::string ShowFields(const Fields& fields) {
  std::string shown;
  for (const Field& field : fields) shown += fmt::format("[{}|{}]", field.name, field.value);
  return shown;
}

/// All that a reader tells, as one text.
std::string Show(const ResponseReader& reader) {
  const Response& response = reader.response();
  std::string shown = fmt::format(
      "{} keeps_alive={} status={}\nline={} version={} reason={}\nfields={}\nbody={}\ndecoded={}\n"
      "cut={} bytes={} chunks={} trailers={}\n",
      NameOf(reader.state()), reader.keeps_alive(), reader.has_status() ? response.status : 0,
      response.status_line, response.version, response.reason, ShowFields(response.fields),
      response.body, response.decoded_body, response.body_cut, response.body_bytes,
      fmt::join(response.chunk_sizes, ","), ShowFields(response.trailers));
  for (const InterimResponse& interim : response.interim) {
    shown += fmt::format("interim {} {} {}\n", interim.status, interim.status_line,
                         ShowFields(interim.fields));
  }
  for (const Observation& one : reader.observations()) {
    shown += fmt::format("{}@{}: {}\n", one.name, one.offset, one.detail);
  }
  return shown;
}

ResponseReader Read(const AnswerRow& row, const std::vector<std::string_view>& pieces) {
  ResponseReader reader(row.method, row.bounds);
  for (const std::string_view piece : pieces) reader.Feed(piece);
  if (!row.open) reader.FinishAtClose();
  return reader;
}

ResponseReader ReadWhole(std::string_view bytes, std::string_view method = "GET") {
  ResponseReader reader(method, Bounds());
  reader.Feed(bytes);
  return reader;
}

TEST(ReadResponse, MakesOfEachAnswerWhatTheTableSays) {
  ASSERT_GE(ReaderRows().size(), 80u);
  for (const AnswerRow& row : ReaderRows()) {
    SCOPED_TRACE(row.name);
    const ResponseReader reader = Read(row, {row.bytes});
    EXPECT_EQ(NameOf(reader.state()), row.state);
    EXPECT_EQ(reader.has_status() ? reader.response().status : 0, row.status);
    EXPECT_EQ(reader.response().body, row.body);
    if (row.state != "body") {
      EXPECT_EQ(reader.response().decoded_body, row.decoded.value_or(row.body));
    }
    EXPECT_EQ(NamesOf(reader.observations()), row.observations);
    const auto observed = [&](const char* name) {
      return std::count(row.observations.begin(), row.observations.end(), name) > 0;
    };
    EXPECT_EQ(reader.response().still_coded,
              observed("unknown_content_coding") || observed("content_coding_bound"));
  }
}

TEST(ReadResponse, IsTheSameHoweverTheBytesAreSplit) {
  for (const AnswerRow& row : ReaderRows()) {
    SCOPED_TRACE(row.name);
    const std::string_view bytes = row.bytes;
    const std::string whole = Show(Read(row, {bytes}));
    std::vector<std::string_view> single;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      single.push_back(bytes.substr(i, 1));
      ASSERT_EQ(Show(Read(row, {bytes.substr(0, i), bytes.substr(i)})), whole) << "split at " << i;
    }
    EXPECT_EQ(Show(Read(row, single)), whole) << "byte by byte";
  }
}

TEST(ReadResponse, IsNeverCompleteBeforeItsEnd) {
  for (const AnswerRow& row : ReaderRows()) {
    SCOPED_TRACE(row.name);
    for (std::size_t size = 0; size < row.bytes.size(); ++size) {
      ResponseReader reader(row.method, row.bounds);
      const State before = reader.Feed(std::string_view(row.bytes).substr(0, size));
      const State after = reader.FinishAtClose();
      const auto names = NamesOf(reader.observations());
      const bool by_close = std::count(names.begin(), names.end(), "ends_by_close") == 1;
      const bool cut_short = std::count(names.begin(), names.end(), "early_close") == 1;
      EXPECT_EQ(after == State::kComplete, before == State::kComplete || by_close) << size;
      EXPECT_EQ(after == State::kBroken, before == State::kBroken || cut_short) << size;
      EXPECT_TRUE(after == State::kComplete || after == State::kBroken) << size;
    }
  }
}

TEST(ObservationNames, AreEachSeenInTheTableUnlessOnlyTheClientCanSeeThem) {
  const std::set<std::string_view> by_client = {"unsolicited_bytes", "answered_before_request",
                                                "stale_connection"};
  std::set<std::string> seen;
  for (const AnswerRow& row : ReaderRows())
    seen.insert(row.observations.begin(), row.observations.end());
  std::set<std::string> known;
  for (const ObservationName& name : ObservationNames()) {
    EXPECT_TRUE(known.insert(std::string(name.name)).second) << name.name << " stands twice";
    EXPECT_EQ(name.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_"),
              std::string_view::npos);
    EXPECT_TRUE(name.meaning.ends_with('.')) << name.name;
    EXPECT_NE(seen.count(std::string(name.name)), by_client.count(name.name)) << name.name;
  }
  for (const std::string& name : seen) EXPECT_EQ(known.count(name), 1u) << name;
}

TEST(ReadResponse, KeepsTheMessageAsItCrossed) {
  const ResponseReader reader = ReadWhole(
      "HTTP/1.1 100 Continue\r\nX: 1\r\n\r\n"
      "HTTP/1.1 200 All  well \r\nx-A:  a b \r\nX-a:\r\nTransfer-Encoding: chunked\r\n\r\n"
      "3;e\r\nabc\r\n2\r\nde\r\n0\r\nT: t\r\n\r\n");
  EXPECT_EQ(Show(reader),
            "complete keeps_alive=true status=200\n"
            "line=HTTP/1.1 200 All  well  version=HTTP/1.1 reason=All  well \n"
            "fields=[x-A|a b][X-a|][Transfer-Encoding|chunked]\n"
            "body=abcde\n"
            "decoded=abcde\n"
            "cut=false bytes=5 chunks=3,2 trailers=[T|t]\n"
            "interim 100 HTTP/1.1 100 Continue [X|1]\n"
            "interim_response@31: HTTP/1.1 100 Continue\n"
            "chunk_extension@104: 3;e\n"
            "trailer_fields@124: T: t\n");
}

TEST(ReadResponse, JoinsAFoldedValueByOneSpaceAndKeepsItRawInTheDetail) {
  const ResponseReader reader =
      ReadWhole("HTTP/1.1 204 No Content\r\nX: a \r\n\t b\r\n  c\r\n\r\n");
  EXPECT_EQ(ShowFields(reader.response().fields), "[X|a b c]");
  ASSERT_EQ(reader.observations().size(), 1u);
  EXPECT_EQ(reader.observations()[0].detail, "X: a\\r\\n\\t b");
  EXPECT_EQ(reader.observations()[0].offset, 32u);
}

TEST(ReadResponse, ShowsSurplusBytesAndTheirNumber) {
  const std::string answer = "HTTP/1.1 204 No Content\r\n\r\n";
  struct Row {
    std::string surplus;
    std::string name;
    std::string detail;
  };
  const Row rows[] = {
      {"a", "content_after_no_content", "1 byte: 'a'"},
      {"abc", "content_after_no_content", "3 bytes: 'abc'"},
      {std::string("\0\r\n", 3), "content_after_no_content", "3 bytes: '\\x00\\r\\n'"},
      {std::string(1000, 'x'), "content_after_no_content",
       "1000 bytes: '" + std::string(40, 'x') + "…'"},
      {"HTTP", "content_after_no_content", "4 bytes: 'HTTP'"},
      {"HTTP/1.1 200", "second_answer", "12 bytes: 'HTTP/1.1 200'"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.detail);
    const ResponseReader reader = ReadWhole(answer + row.surplus);
    ASSERT_EQ(reader.observations().size(), 1u);
    EXPECT_EQ(reader.observations()[0].name, row.name);
    EXPECT_EQ(reader.observations()[0].detail, row.detail);
    EXPECT_EQ(reader.observations()[0].offset, answer.size());
  }
}

TEST(ReadResponse, KnowsWhetherTheConnectionCanBeUsedAgain) {
  struct Row {
    std::string_view name;
    std::string_view bytes;
    bool keeps_alive;
  };
  const Row rows[] = {
      {"HTTP/1.1", "HTTP/1.1 204 No Content\r\n\r\n", true},
      {"close", "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n", false},
      {"close in a list", "HTTP/1.1 204 No Content\r\nConnection: x, CLOSE\r\n\r\n", false},
      {"HTTP/1.0", "HTTP/1.0 204 No Content\r\n\r\n", false},
      {"HTTP/1.0 kept", "HTTP/1.0 204 No Content\r\nConnection: Keep-Alive\r\n\r\n", true},
      {"surplus", "HTTP/1.1 204 No Content\r\n\r\n!", false},
      {"not whole", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nx", false},
      {"length and chunks",
       "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
       false},
      {"chunks in HTTP/1.0",
       "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
       false},
      {"101", "HTTP/1.1 101 Switching Protocols\r\n\r\n", false},
  };
  for (const Row& row : rows)
    EXPECT_EQ(ReadWhole(row.bytes).keeps_alive(), row.keeps_alive) << row.name;
}

TEST(ReadResponse, StopsReadingAHeaderWithoutEnd) {
  ResponseReader reader("GET", Bounds());
  reader.Feed("HTTP/1.1 200 OK\r\n");
  const std::string line = "X: " + std::string(995, 'x') + "\r\n";
  std::size_t lines = 0;
  while (reader.Feed(line) == State::kHeader && lines < 100'000) ++lines;
  EXPECT_EQ(lines, 262u);
  EXPECT_EQ(NamesOf(reader.observations()), std::vector<std::string>{"header_bytes_bound"});
  EXPECT_EQ(reader.Feed(line), State::kBroken);
}

TEST(ReadResponse, KeepsNoMoreThanTheBoundOfContentWithoutEnd) {
  Bounds bounds;
  bounds.body_bytes = 100'000;
  ResponseReader reader("GET", bounds);
  reader.Feed("HTTP/1.1 200 OK\r\n\r\n");
  const std::string piece(4096, 'x');
  std::size_t pieces = 0;
  while (reader.Feed(piece) == State::kBody && pieces < 100'000) ++pieces;
  EXPECT_EQ(pieces, 24u);
  EXPECT_EQ(reader.response().body.size(), 100'000u);
  EXPECT_TRUE(reader.response().body_cut);
  EXPECT_EQ(NamesOf(reader.observations()), std::vector<std::string>{"body_bytes_bound"});
}

TEST(ReadResponse, StopsAtTheChunkSizesItKeeps) {
  std::string bytes = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (std::size_t i = 0; i < kMaxChunkSizes + 10; ++i) bytes += "1\r\nx\r\n";
  const ResponseReader reader = ReadWhole(bytes + "0\r\n\r\n");
  EXPECT_EQ(reader.response().body.size(), kMaxChunkSizes + 10);
  EXPECT_EQ(reader.response().chunk_sizes.size(), kMaxChunkSizes);
}

TEST(ReadResponse, DecodesWhatCameBeforeItWasStopped) {
  ResponseReader reader("GET", Bounds());
  reader.Feed("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
  EXPECT_EQ(reader.response().decoded_body, "");
  reader.Stop();
  EXPECT_EQ(reader.state(), State::kBroken);
  EXPECT_EQ(reader.response().decoded_body, "abc");
  EXPECT_EQ(reader.response().body_bytes, 3u);
  EXPECT_TRUE(reader.observations().empty());
}

}  // namespace
}  // namespace conform
