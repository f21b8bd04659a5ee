// Answers of several media types, from an OpenAPI description to the mock and to a recording, by
// the built program.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/ascii.h"
#include "run/sample_project.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

/// GET, or HEAD, of /a answered by content of these types, as in a description.
std::string DocumentOfAnswer(const std::string& method, const std::string& content) {
  return fmt::format(
      R"({{"openapi": "3.0.3", "info": {{"title": "odd", "version": "1"}},
          "servers": [{{"url": "https://odd.example.test"}}], "paths": {{"/a": {{"{}": {{
            "operationId": "a", "responses": {{"200": {{"description": "ok",
              "headers": {{"set-cookie": {{"required": true, "schema": {{"type": "string"}}}}}},
              "content": {}}}}}}}}}}}}})",
      method, content);
}

/// A recording of one exchange with that service.
std::string RecordingOf(const std::string& method, const std::string& type,
                        const std::string& content) {
  return fmt::format(
      R"({{"log": {{"version": "1.2", "creator": {{"name": "a", "version": "1"}}, "entries": [{{
          "startedDateTime": "2026-11-24T22:54:03.120Z", "time": 1, "cache": {{}}, "timings": {{}},
          "request": {{"method": "{0}", "url": "https://odd.example.test/a", "headers": [],
            "httpVersion": "HTTP/1.1", "cookies": [], "queryString": [], "headersSize": -1,
            "bodySize": -1}},
          "response": {{"status": 200, "statusText": "OK", "httpVersion": "HTTP/1.1",
            "cookies": [], "headers": [{{"name": "Content-Type", "value": "{1}"}},
              {{"name": "Date", "value": "Tue, 24 Nov 2026 22:54:03 GMT"}}],
            "content": {{"size": {3}, "mimeType": "{1}", "text": {2}}}, "redirectURL": "",
            "headersSize": -1, "bodySize": {3}}}}}]}}}})",
      method, type, nlohmann::json(content).dump(), content.size());
}

struct AnswerTypes {
  const char* name;
  const char* method;
  const char* promised;
  const char* came;     ///< the recorded answer's type.
  const char* content;  ///< and its content.
  int exit_code;        ///< of `judge`.
};

void PrintTo(const AnswerTypes& row, std::ostream* out) { *out << row.name; }

class ImportedAnswer : public testing::TestWithParam<AnswerTypes> {};

TEST_P(ImportedAnswer, PassesOnTheMockAndIsJudgedByItsTypes) {
  const AnswerTypes& row = GetParam();
  const SampleProject project;
  fs::remove_all(project.folder() / "specs");
  fs::remove_all(project.folder() / "cases");
  project.Write("odd.json", DocumentOfAnswer(ToLower(row.method), row.promised));
  ASSERT_EQ(project.Conform({"import", "odd.json", "--scaffold"}).exit_code, 0);
  const ProgramResult run = project.Conform({"run"});
  EXPECT_EQ(run.exit_code, 0) << run.output << run.errors;
  project.Write("odd.har", RecordingOf(row.method, row.came, row.content));
  const ProgramResult judged = project.Conform({"judge", "odd.har"});
  EXPECT_EQ(judged.exit_code, row.exit_code) << judged.output << judged.errors;
  EXPECT_EQ(judged.errors, "");
}

INSTANTIATE_TEST_SUITE_P(
    Types, ImportedAnswer,
    testing::Values(
        AnswerTypes{"Text", "GET", R"({"text/plain": {"schema": {"type": "string"}}})",
                    "text/plain", "", 0},
        AnswerTypes{"Xml", "GET", R"({"application/xml": {"schema": {"type": "object"}}})",
                    "application/xml; charset=utf-8", "<a/>", 0},
        AnswerTypes{"Anything", "GET", R"({"*/*": {"schema": {"type": "object"}}})", "text/html",
                    "<p>", 0},
        AnswerTypes{"AnythingAsText", "GET", R"({"*/*": {"schema": {"type": "string"}}})",
                    "text/plain", "a", 0},
        AnswerTypes{"Image", "GET", R"({"image/*": {"schema": {"type": "string"}}})", "image/webp",
                    "a", 0},
        AnswerTypes{"XmlOrAnything", "GET", R"({"*/*": {}, "application/xml": {}})",
                    "application/json", "{}", 0},
        AnswerTypes{"JsonOrCsv", "GET",
                    R"({"application/json": {"schema": {"type": "object"}}, "text/csv": {}})",
                    "text/csv", "a,b", 0},
        AnswerTypes{"JsonAlone", "GET", R"({"application/json": {"schema": {"type": "object"}}})",
                    "text/csv", "a,b", 1},
        AnswerTypes{"HeadHasNoContent", "HEAD",
                    R"({"application/json": {"schema": {"type": "object"}}})", "application/json",
                    "", 0}),
    [](const auto& param) { return param.param.name; });

}  // namespace
}  // namespace conform
