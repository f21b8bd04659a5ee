// The built program against a server that does all it can to bring it down.
#include <fmt/format.h>
#include <sys/resource.h>
#include <zlib.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "run/sample_project.h"
#include "run/sample_read_contract.h"
#include "testing/hostile_server.h"
#include "testing/sanitizer.h"

namespace conform {
namespace {

/// In kilobytes; of a sanitizer with shadows, and what was freed kept a while.
constexpr long kMostMemory = (kSanitized ? 4096L : 512L) * 1024;

using Kind = Act::Kind;
using std::chrono::milliseconds;

constexpr const char* kReadFacts = R"(path: /things/{id}
parameters:
  - {name: id, in: path, required: true, schema: {type: string}}
headers:
  Authorization: {required: true, scheme: Bearer}
permissions:
  delegated_work: [Things.Read]
  delegated_personal: unsupported
  application: unsupported
responses:
  200: {when: success, content: {application/json: {schema: {type: object}, example: {id: x}}}}
)";

std::string ReadContract() {
  return SampleReadContract(
      kReadFacts, {"parameters.id", "headers.Authorization", "permissions.delegated_work",
                   "permissions.delegated_personal", "permissions.application", "responses.200"});
}

constexpr const char* kProfile = R"(name: hostile
title: A hostile server on loopback
target: {}
soften: {{graph: observe}}
limits: {{retry_after: 1ms}}
bounds: {{header_bytes: 65536, body_bytes: 1048576, connect: 2s, read: 500ms, exchange: 1500ms}}
)";

constexpr const char* kDate = "Date: Tue, 24 Nov 2026 22:54:03 GMT\r\n";
const std::string kJsonType = "Content-Type: application/json\r\n";

std::string Repeat(std::string_view text, int times) {
  std::string repeated;
  for (int i = 0; i < times; ++i) repeated += text;
  return repeated;
}

/// `status` and `fields` as they stand, Date, and content with its length.
std::string AnswerOf(const std::string& status, const std::string& fields,
                     const std::string& body) {
  return fmt::format("HTTP/1.1 {}\r\n{}{}Content-Length: {}\r\n\r\n{}", status, kDate, fields,
                     body.size(), body);
}

const std::string kSound = AnswerOf("200 OK", kJsonType, R"({"id":"x"})");
const std::string kBegun = fmt::format("HTTP/1.1 200 OK\r\n{}{}", kDate, kJsonType);

std::string Gzip(std::size_t zeros) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 9, Z_DEFAULT_STRATEGY);
  std::string coded(zeros / 500 + 1000, '\0');
  std::string plain(zeros, ' ');
  stream.next_out = reinterpret_cast<Bytef*>(coded.data());
  stream.avail_out = static_cast<uInt>(coded.size());
  stream.next_in = reinterpret_cast<Bytef*>(plain.data());
  stream.avail_in = static_cast<uInt>(plain.size());
  deflate(&stream, Z_FINISH);
  coded.resize(stream.total_out);
  deflateEnd(&stream);
  return coded;
}

Script Says(std::string answer) { return {{Kind::kWrite, std::move(answer)}}; }
Act Write(std::string bytes) { return {Kind::kWrite, std::move(bytes)}; }
Act ForEver(std::string bytes) { return {Kind::kWrite, std::move(bytes), 0}; }
const Act kSilence{Kind::kSilence};

/// One behaviour. The request was read before the script begins.
struct HostileRow {
  std::string name;
  Script script;
  std::string told;  // outcome, reason, then each finding as `clause: message`; `…` for the rest.
};

const std::string kCheckLog = "; check the service's log, and proxies on the way";
const std::string kRaiseBound = "; raise the bound in the profile if such answers are meant";

std::vector<HostileRow> SilentRows() {
  // Nothing was broken; nothing can be told.
  const auto early = [](const std::string& what) { return fmt::format("inconclusive: {}", what); };
  const std::string closed = "The connection was closed before the answer was whole" + kCheckLog;
  return {
      {"says_nothing",
       {kSilence},
       early("silence for 500 ms, before any byte of an answer; check the service, or raise the "
             "profile's bound 'read'")},
      {"stops_in_the_header", {Write(kBegun), kSilence}, early("silence for 500 ms, after …")},
      {"stops_in_the_content",
       {Write(kBegun + "Content-Length: 9\r\n\r\n{"), kSilence},
       early("silence for 500 ms, after …")},
      {"drips_a_header",
       {Write(kBegun), {Kind::kDrip, "A: b\r\n", 0, milliseconds{50}}},
       early("the exchange was not over within 1500 ms, after …")},
      {"drips_content",
       {Write(kBegun + "\r\n"), {Kind::kDrip, " ", 0, milliseconds{50}}},
       early("the exchange was not over within 1500 ms, after …")},
      {"closes", {{Kind::kClose}}, early(closed)},
      {"closes_its_side", {{Kind::kHalfClose}, kSilence}, early(closed)},
      {"closes_in_the_content",
       {Write(kBegun + "Content-Length: 9\r\n\r\n{"), {Kind::kClose}},
       early(closed)},
      {"resets",
       {{Kind::kReset}},
       early("the connection was reset by the server after 0 bytes of an answer" + kCheckLog)},
  };
}

std::vector<HostileRow> EndlessRows() {
  // Within HTTP: each hits a bound of ours, which the reason names.
  const std::string header =
      "inconclusive: The header section is larger than the bound: reading "
      "stopped. header_bytes: more than 65536 bytes" +
      kRaiseBound;
  const std::string content =
      "inconclusive: The content is longer than the bound: the rest was not "
      "read. body_bytes: more than 1048576 bytes of content" +
      kRaiseBound;
  return {
      {"header_without_end", {Write(kBegun), ForEver("A: " + Repeat("x", 1000) + "\r\n")}, header},
      {"a_field_of_100_mb",
       {Write(kBegun + "A: "), {Kind::kWrite, Repeat("x", 65536), 1600}},
       header},
      {"fields_without_end",
       {Write(kBegun), ForEver(Repeat("A:\r\n", 100))},
       "inconclusive: The header section has more fields than the bound: reading stopped. "
       "header_count: more than 500 fields" +
           kRaiseBound},
      {"interim_answers_without_end",
       {ForEver("HTTP/1.1 100 Continue\r\n\r\n")},
       "inconclusive: More 1xx answers came than the bound: reading stopped. interim_count: more "
       "than 16" +
           kRaiseBound},
      {"content_of_10_gb",
       {Write(kBegun + "Content-Length: 10737418240\r\n\r\n"),
        {Kind::kWrite, Repeat(" ", 65536), 163840}},
       content},
      {"content_without_end", {Write(kBegun + "\r\n"), ForEver(Repeat(" ", 65536))}, content},
      {"chunks_without_end",
       {Write(kBegun + "Transfer-Encoding: chunked\r\n\r\n"),
        ForEver("3e8\r\n" + Repeat(" ", 1000) + "\r\n")},
       content},
      {"gzip_bomb",
       Says(AnswerOf("200 OK", kJsonType + "Content-Encoding: gzip\r\n",
                     Gzip(std::size_t{64} << 20))),
       "inconclusive: the content was not read whole: body_bytes: …"},
      {"json_100000_deep",
       Says(AnswerOf("200 OK", kJsonType, Repeat("[", 100'000) + Repeat("]", 100'000))),
       "inconclusive: the content was not read whole: json_depth: nested 100000 deep, bound 200"},
      {"json_huge_number", Says(AnswerOf("200 OK", kJsonType, R"({"id":1e999999})")),
       "inconclusive: the content is JSON that is not read: it nests too deep, a number is too "
       "large, or half a surrogate pair is escaped"},
  };
}

std::vector<HostileRow> BrokenRows() {
  // RFC 9112 or RFC 8259 was broken, or the contract.
  const auto json = [](const char* where) {
    return fmt::format(
        "fail\nhttp.json.valid: body is not JSON at byte {0}, RFC 8259 asks for JSON\n"
        "read.responses.200: body is not JSON at byte {0}, the case expects JSON",
        where);
  };
  const auto digits = [](const char* shown) {
    return fmt::format(
        "fail\nhttp.wire.status_not_three_digits: wire/status_not_three_digits is "
        "{} (at byte 9), RFC 9112 asks for none",
        shown);
  };
  const auto status = [](const char* shown) {
    return fmt::format("fail\nread.responses.200: status is {}, the contract promises 200", shown);
  };
  const auto redirect = [](const std::string& location) {
    return Says(AnswerOf("302 Found", "Location: " + location + "\r\n", ""));
  };
  return {
      {"json_with_nan", Says(AnswerOf("200 OK", kJsonType, R"({"id":NaN})")), json("7")},
      {"json_with_invalid_utf8", Says(AnswerOf("200 OK", kJsonType, "{\"id\":\"\xff\"}")),
       json("8")},
      {"json_cut", Says(AnswerOf("200 OK", kJsonType, "{\"id\":")), json("7")},
      {"status_99", Says("HTTP/1.1 99 Low\r\n\r\n"), digits("…")},
      {"status_1000", Says("HTTP/1.1 1000 High\r\n\r\n"), digits("…")},
      {"status_2O4", Says("HTTP/1.1 2O4 No Content\r\n\r\n"), digits("…")},
      {"status_600", Says("HTTP/1.1 600 Beyond\r\n\r\n"), "fail\nhttp.wire.status_out_of_range: …"},
      {"status_000", Says("HTTP/1.1 000 Nil\r\n\r\n"), "fail\nhttp.wire.status_out_of_range: …"},
      {"not_http", Says("SSH-2.0-OpenSSH_9.2\r\n"), "fail\nhttp.wire.status_line_malformed: …"},
      {"http_2", Says("HTTP/2.0 200 OK\r\n\r\n"), "fail\nhttp.wire.unknown_major_version: …"},
      {"two_lengths", Says(kBegun + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}"),
       "fail\nhttp.wire.conflicting_content_length: …"},
      {"answers_twice", Says(kSound + kSound), "fail\nhttp.wire.second_answer: …"},
      {"says_more_than_it_declares", Says(kSound + "xyz"),
       "fail\nhttp.wire.surplus_after_length: …"},
      {"no_gzip_at_all",
       Says(AnswerOf("200 OK", kJsonType + "Content-Encoding: gzip\r\n", R"({"id":"x"})")),
       "fail\nhttp.json.valid: …"},
      {"control_characters_everywhere",
       Says(AnswerOf("200 \x1b[31m", std::string("X-\x01: ]]>\0\xff\r\n", 12) + kJsonType,
                     R"({"id":"x"})")),
       "fail\n…"},
      {"redirects_to_itself", redirect("/beta/things/redirects_to_itself"), status("302")},
      {"redirects_elsewhere", redirect("http://b.example/"), status("302")},
      {"redirects_to_a_file", redirect("file:///etc/passwd"), status("302")},
      {"switches_protocols", Says("HTTP/1.1 101 Switching\r\n" + std::string(kDate) + "\r\n"),
       "fail\nhttp.wire.unasked_101: …"},
  };
}

std::vector<HostileRow> SoundRows() {
  return {
      {"sound", Says(kSound), "pass"},
      {"sound_by_drips", {{Kind::kDrip, kSound, 1, milliseconds{1}}}, "pass"},
      {"sound_until_the_close", {Write(kBegun + "\r\n{\"id\":\"x\"}"), {Kind::kClose}}, "pass"},
      {"sound_after_an_interim", Says("HTTP/1.1 103 Early Hints\r\n\r\n" + kSound), "pass"},
      {"throttled",
       Says(AnswerOf("503 Busy", kJsonType, R"({"error":{"code":"c","message":"m"}})")),
       "inconclusive: the service answered 503 Busy, which no step asked for"},
  };
}

std::string Tell(const nlohmann::json& verdict) {
  std::string told = verdict.at("outcome").get<std::string>();
  const std::string reason = verdict.value("reason", std::string());
  if (!reason.empty() && told != "fail") told += ": " + reason;  // the findings say why
  for (const auto& finding : verdict.value("findings", nlohmann::json::array())) {
    told += fmt::format("\n{}: {}", finding.at("clause").at("id").get<std::string>(),
                        finding.at("message").get<std::string>());
  }
  return told;
}

/// A run of one case with a row for each behaviour.
class HostileRun : public testing::Test {
 protected:
  HostileRun() {
    project_.Remove("cases/things/documented.yaml");
    project_.Remove("cases/things/without_token.yaml");
    project_.Remove("specs/things/sync/2024-08.yaml");
    project_.Write("specs/things/read/2024-08.yaml", ReadContract());
  }

  ProgramResult Run(const std::vector<HostileRow>& rows) {
    std::map<std::string, Script> scripts;
    std::string table;
    for (const HostileRow& row : rows) {
      scripts["/beta/things/" + row.name] = row.script;
      std::string name = row.name;
      for (char& c : name) c = static_cast<char>(std::tolower(c));
      table += fmt::format("  {}: {{id: {}}}\n", name, row.name);
    }
    project_.Write("cases/things/read.yaml",
                   "title: Read\noperation: things.read\nclauses: [read.responses.200]\n"
                   "identity: delegated_work\nrows:\n" +
                       table +
                       "request:\n  method: GET\n  path: /beta/things/${row.id}\n  headers:\n"
                       "    Authorization: Bearer ${token}\n  body: none\n"
                       "response:\n  status: 200\n  body: {json: {/id: x}}\n");
    HostileServer server = HostileServer::ByTarget(scripts);
    project_.Write("hostile.yaml",
                   fmt::format(fmt::runtime(kProfile), FormatOrigin(server.origin())));
    ProgramResult result = project_.Conform({"run", "--profile", "hostile.yaml"},
                                            {"CONFORM_TOKEN_DELEGATED_WORK=made-up-token"});
    connections_ = server.connections();
    return result;
  }

  /// By the row's name, of what the journal tells.
  std::map<std::string, std::string> ReadVerdicts() const {
    std::map<std::string, std::string> verdicts;
    std::istringstream lines(project_.Read("reports/journal.jsonl"));
    for (std::string line; std::getline(lines, line);) {
      const auto entry = nlohmann::json::parse(line, nullptr, false);
      if (entry.is_discarded() || !entry.contains("test")) continue;
      const std::string name = entry["test"].at("name").get<std::string>();
      verdicts[name.substr(name.find('/') + 1)] = Tell(entry["test"].at("verdict"));
    }
    return verdicts;
  }

  /// `tests, failures, errors`, as Debian's junitparser reads them.
  std::string ReadJunit() const {
    const char* const reader =
        "import sys; from junitparser import JUnitXml; x = JUnitXml.fromfile(sys.argv[1]);"
        "n = [c for s in x for c in s]; assert len(n) == x.tests;"
        "print(f'{x.tests} tests, {x.failures} failures, {x.errors} errors')";
    return RunProgram(ProgramCall{{"/usr/bin/python3", "-c", reader, "reports/junit.xml"},
                                  "",
                                  project_.folder()})
        .output;
  }

  SampleProject project_;
  std::size_t connections_ = 0;
};

std::vector<HostileRow> AllRows() {
  std::vector<HostileRow> rows = SoundRows();
  for (auto* const more : {SilentRows, EndlessRows, BrokenRows}) {
    for (HostileRow& row : more()) rows.push_back(std::move(row));
  }
  rows.push_back({"sound_at_the_end", Says(kSound), "pass"});
  return rows;
}

/// `…` at the end of `expected` stands for anything.
void ExpectTold(const std::string& name, std::string told, std::string expected) {
  const std::size_t rest = expected.find("…");
  if (rest != std::string::npos) {
    expected.resize(rest);
    told.resize(std::min(told.size(), rest));
  }
  EXPECT_EQ(told, expected) << name;
}

TEST_F(HostileRun, TellsEachBehaviourAndGoesOnToTheNext) {
  const std::vector<HostileRow> rows = AllRows();
  const ProgramResult result = Run(rows);
  EXPECT_EQ(result.exit_code, 1) << result.output << result.errors;
  EXPECT_EQ(result.errors, "");
  const auto verdicts = ReadVerdicts();
  EXPECT_EQ(verdicts.size(), rows.size());
  std::size_t failures = 0;
  std::size_t errors = 0;
  for (const HostileRow& row : rows) {
    std::string name = row.name;
    for (char& c : name) c = static_cast<char>(std::tolower(c));
    const auto told = verdicts.find(name);
    ASSERT_NE(told, verdicts.end()) << name << result.output;
    ExpectTold(name, told->second, row.told);
    failures += row.told.rfind("fail", 0) == 0 ? 1 : 0;
    errors += row.told.rfind("inconclusive", 0) == 0 ? 1 : 0;
  }
  EXPECT_EQ(ReadJunit(),
            fmt::format("{} tests, {} failures, {} errors\n", rows.size(), failures, errors));
  // Each was asked once: no redirect is followed, nothing is sent again.
  EXPECT_EQ(connections_, rows.size());
  rusage used{};
  ASSERT_EQ(getrusage(RUSAGE_CHILDREN, &used), 0);
  EXPECT_LT(used.ru_maxrss, kMostMemory) << "KiB, of the largest program run";
}

TEST_F(HostileRun, CannotTellWhereNothingWasBroken) {
  const ProgramResult result = Run(EndlessRows());
  EXPECT_EQ(result.exit_code, 3) << result.output << result.errors;
  // The evidence says that it was cut, and at which bound.
  EXPECT_NE(result.output.find("; body_bytes: "), std::string::npos) << result.output;
}

TEST_F(HostileRun, SurvivesACloseAtEveryByteOfAnAnswer) {
  std::vector<HostileRow> rows;
  for (std::size_t size = 0; size < kSound.size(); ++size) {
    rows.push_back(
        {fmt::format("cut_{}", size),
         {Write(kSound.substr(0, size)), {Kind::kClose}},
         "inconclusive: The connection was closed before the answer was whole" + kCheckLog});
  }
  const ProgramResult result = Run(rows);
  EXPECT_EQ(result.exit_code, 3) << result.output << result.errors;
  const auto verdicts = ReadVerdicts();
  for (const HostileRow& row : rows) ExpectTold(row.name, verdicts.at(row.name), row.told);
  EXPECT_EQ(ReadJunit(), fmt::format("{0} tests, 0 failures, {0} errors\n", rows.size()));
}

TEST_F(HostileRun, JudgesAnAnswerThatCameBeforeTheRequestWasWhole) {
  // More than the buffers of two sockets hold, so that it is never sent whole.
  project_.Write("cases/things/large.txt", std::string(4'000'000, 'x'));
  project_.Write("cases/things/upload.yaml",
                 "title: Read\noperation: things.read\nclauses: [read.responses.200]\n"
                 "identity: delegated_work\n"
                 "request:\n  method: GET\n  path: /beta/things/x\n  headers:\n"
                 "    Authorization: Bearer ${token}\n  body: {file: large.txt}\n"
                 "response:\n  status: 200\n  body: {json: {/id: x}}\n");
  HostileServer server({{{Kind::kReadBytes, "", 100}, Write(kSound), kSilence}});
  project_.Write("hostile.yaml",
                 fmt::format(fmt::runtime(kProfile), FormatOrigin(server.origin())));
  const ProgramResult result = project_.Conform({"run", "--profile", "hostile.yaml"},
                                                {"CONFORM_TOKEN_DELEGATED_WORK=made-up-token"});
  EXPECT_EQ(result.exit_code, 0) << result.output << result.errors;
  EXPECT_LT(server.received(0).size(), 4'000'000u);
}

}  // namespace
}  // namespace conform
