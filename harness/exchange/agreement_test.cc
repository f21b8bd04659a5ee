#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "base/map_reader.h"
#include "testing/answer_table.h"
#include "testing/hostile_server.h"
#include "testing/program.h"

namespace conform {
namespace {

/// The observations whose clauses in specs/protocol/http.yaml are of strength must.
const std::set<std::string_view> kMust = {"bare_cr",
                                          "status_line_malformed",
                                          "version_malformed",
                                          "unknown_major_version",
                                          "status_not_three_digits",
                                          "status_out_of_range",
                                          "missing_reason_space",
                                          "leading_white_space_line",
                                          "field_without_colon",
                                          "empty_field_name",
                                          "malformed_field_name",
                                          "nul_in_field",
                                          "conflicting_content_length",
                                          "malformed_content_length",
                                          "content_length_forbidden",
                                          "content_length_in_1xx",
                                          "content_length_with_transfer_encoding",
                                          "transfer_encoding_forbidden",
                                          "transfer_encoding_in_1xx",
                                          "transfer_encoding_in_http_1_0",
                                          "malformed_transfer_encoding",
                                          "repeated_chunked",
                                          "malformed_chunk_size",
                                          "chunk_size_overflow",
                                          "missing_chunk_crlf",
                                          "bare_lf_in_chunk",
                                          "forbidden_trailer",
                                          "unasked_101",
                                          "content_after_no_content",
                                          "surplus_after_length",
                                          "surplus_after_chunks",
                                          "second_answer",
                                          "content_coding_malformed"};

/// The rows that others are asked about.
const std::vector<AnswerRow>& Rows() {
  static const std::vector<AnswerRow> kRows = [] {
    auto rows = LoadAnswerTable(CONFORM_TESTDATA "/answers");
    EXPECT_TRUE(rows.has_value()) << rows.error().message;
    std::vector<AnswerRow> asked;
    for (AnswerRow& row : *rows) {
      if (!row.h11.empty() || !row.curl.empty()) asked.push_back(std::move(row));
    }
    return asked;
  }();
  return kRows;
}

std::string Ours(const AnswerRow& row) {
  const ReadAnswer answer = ReadResponse(row.bytes, row.method, row.bounds);
  const bool breach = std::any_of(answer.observations.begin(), answer.observations.end(),
                                  [](const Observation& one) { return kMust.count(one.name) > 0; });
  return answer.state == ResponseReader::State::kComplete && !breach ? "accept" : "reject";
}

std::string Hex(const std::string& bytes) {
  std::string hex;
  for (const char c : bytes) hex += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return hex;
}

/// name -> accept or reject, by h11.
std::map<std::string, std::string> AskH11() {
  nlohmann::json rows = nlohmann::json::array();
  for (const AnswerRow& row : Rows()) {
    rows.push_back({{"name", row.name}, {"method", row.method}, {"bytes", Hex(row.bytes)}});
  }
  const ProgramResult result =
      RunProgram({"/usr/bin/python3", CONFORM_TESTDATA "/answers/ask_h11.py"}, rows.dump());
  EXPECT_EQ(result.exit_code, 0);
  const auto told = nlohmann::json::parse(result.output, nullptr, false);
  if (told.is_discarded()) return {};
  return told.get<std::map<std::string, std::string>>();
}

std::string CurlConfig(const std::vector<const AnswerRow*>& rows, std::uint16_t port) {
  std::string config;
  for (const AnswerRow* row : rows) {
    config += fmt::format(
        "{}url = \"http://127.0.0.1:{}/{}\"\nhttp1.1\nsilent\ncompressed\nmax-time = 20\n"
        "output = /dev/null\nwrite-out = \"{} %{{exitcode}}\\n\"\n{}",
        config.empty() ? "" : "next\n", port, row->name, row->name,
        row->method == "HEAD" ? "head\n" : "");
  }
  return config;
}

/// name -> accept or reject, by curl: whether its exit code is 0.
std::map<std::string, std::string> AskCurl() {
  std::map<std::string, Script> scripts;
  std::vector<const AnswerRow*> left;
  for (const AnswerRow& row : Rows()) {
    scripts["/" + row.name] = {{Act::Kind::kWrite, row.bytes}};
    left.push_back(&row);
  }
  const HostileServer server = HostileServer::ByTarget(scripts);
  std::map<std::string, std::string> told;
  // A few answers make curl give up all that is left to do, so it is asked again for the rest.
  for (std::size_t before = 0; !left.empty() && left.size() != before;) {
    before = left.size();
    const ProgramResult result =
        RunProgram({"/usr/bin/curl", "-q", "-K", "-"}, CurlConfig(left, server.port()));
    std::istringstream lines(result.output);
    std::string name;
    int exit_code = 0;
    while (lines >> name >> exit_code) told[name] = exit_code == 0 ? "accept" : "reject";
    std::erase_if(left, [&told](const AnswerRow* row) { return told.count(row->name) > 0; });
  }
  return told;
}

TEST(Agreement, HoldsOfAllThatH11Says) {
  const auto told = AskH11();
  ASSERT_GE(Rows().size(), 60u);
  for (const AnswerRow& row : Rows()) {
    ASSERT_EQ(told.count(row.name), 1u) << row.name;
    EXPECT_EQ(told.at(row.name), row.h11) << row.name;
  }
}

TEST(Agreement, HoldsOfAllThatCurlSays) {
  const auto told = AskCurl();
  for (const AnswerRow& row : Rows()) {
    ASSERT_EQ(told.count(row.name), 1u) << row.name;
    EXPECT_EQ(told.at(row.name), row.curl) << row.name;
  }
}

TEST(Agreement, HasAReasonWithItsSectionForEachDifferenceAndForNothingElse) {
  for (const AnswerRow& row : Rows()) {
    SCOPED_TRACE(row.name);
    const std::string ours = Ours(row);
    EXPECT_EQ(!row.reason.empty(), ours != row.h11 || ours != row.curl) << "we " << ours;
    if (row.reason.empty()) continue;
    EXPECT_TRUE(row.reason.starts_with("RFC ")) << row.reason;
    EXPECT_NE(row.reason.find(" §"), std::string::npos) << row.reason;
  }
}

TEST(Agreement, TakesForABreachWhatTheProtocolClausesCallMust) {
  const auto source = SourceText::Load(CONFORM_SOURCE "/specs/protocol/http.yaml");
  ASSERT_TRUE(source.has_value()) << source.error().message;
  Diagnostics diagnostics;
  const auto tree = ParseYaml(**source, diagnostics);
  ASSERT_TRUE(tree.has_value()) << diagnostics.RenderAll();
  for (const YamlNode& clause : tree->Find("clauses")->items) {
    const YamlNode* check = clause.Find("check");
    // A clause with a condition says something of its own on what it is for.
    if (check == nullptr || check->scalar != "not_observed" || clause.Find("when")) continue;
    for (const YamlNode& name : clause.Find("with")->Find("names")->items) {
      EXPECT_EQ(clause.Find("strength")->scalar == "must", kMust.count(name.scalar) == 1)
          << name.scalar;
    }
  }
}

}  // namespace
}  // namespace conform
