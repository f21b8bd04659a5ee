// What a later import changes of what stands, and what it tells; and what is made of several
// promised successes.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "run/sample_import_folder.h"
#include "testing/hostile_server.h"

namespace conform {
namespace {

/// A document of GET /books, whose item has these members, and of what else `more` says.
std::string Books(const std::string& members, const std::string& more = "") {
  return fmt::format(
      "openapi: 3.1.0\ninfo: {{title: Shop, version: '1'}}\n"
      "servers: [{{url: https://shop.example}}]\npaths:\n  /books:\n    get:\n"
      "      operationId: list\n      responses:\n        '200':\n          description: OK\n"
      "          content: {{application/json: {{schema: {{type: object, required: [{}], "
      "properties: "
      "{{id: {{type: string}}}}}}}}}}\n{}",
      members, more);
}

constexpr const char* kReport =
    "  /report:\n    get: {operationId: report, responses: {'200': {description: OK}}}\n";
constexpr const char* kPut =
    "  /books/{id}:\n    put:\n      operationId: put\n"
    "      parameters: [{name: id, in: path, required: true, schema: {type: string}}]\n"
    "      responses:\n"
    "        '200': {description: replaced, content: {application/json: {schema: {type: object, "
    "required: [id]}}}}\n"
    "        '201': {description: created, content: {application/json: {schema: {type: object, "
    "required: [at]}}}}\n";

Script Say(int status, const std::string& body) {
  return AnswerAndClose(
      fmt::format("HTTP/1.1 {} So\r\nContent-Type: application/json\r\nContent-Length: {}\r\n"
                  "Date: Mon, 30 Nov 2026 00:00:00 GMT\r\nConnection: close\r\n\r\n{}",
                  status, body.size(), body));
}

class LaterImport : public ImportFolder {
 protected:
  ProgramResult Import(const std::string& document, const char* date = "2026-11-02") const {
    WriteFile("api.yaml", document);
    return Conform({"import", "api.yaml", "--scaffold", "--date", date});
  }

  ProgramResult RunAt(const std::string& file, int status, const std::string& body) const {
    const HostileServer server({SayNoMock(), Say(status, body)});
    return Conform(
        {"run", file, "--base-url", FormatOrigin(server.origin()), "--jobs", "1", "--no-history"});
  }
};

TEST_F(LaterImport, IsWhatAFirstCaseHoldsTheAnswerAgainst) {
  const std::string file = "cases/shop/list/documented_request.yaml";
  ASSERT_EQ(Import(Books("id")).exit_code, 0);
  EXPECT_NE(Read(file).find("  body: {schema: contract}\n"), std::string::npos) << Read(file);
  const ProgramResult before = RunAt(file, 200, R"({"id":"a"})");
  EXPECT_EQ(before.exit_code, 0) << before.output << before.errors;
  ASSERT_EQ(Import(Books("id, pages")).exit_code, 0);
  const ProgramResult after = RunAt(file, 200, R"({"id":"a"})");
  EXPECT_EQ(after.exit_code, 1) << after.output << after.errors;
  EXPECT_NE(after.output.find("body/pages is absent, the contract promises what its schema says"),
            std::string::npos)
      << after.output;
}

TEST_F(LaterImport, OfAnotherMonthIsWhatAChangedCaseHoldsTheAnswerAgainst) {
  const std::string with_sign_in =
      "security: [{b: []}]\ncomponents: {securitySchemes: {b: {type: http, scheme: bearer}}}\n";
  const std::string file = "cases/shop/list/documented_request.yaml";
  ASSERT_EQ(Import(Books("id", with_sign_in)).exit_code, 0);
  WriteFile(file, Read(file) + "# changed by hand\n");
  const ProgramResult later = Import(Books("id, pages", with_sign_in), "2026-12-02");
  EXPECT_NE(later.output.find(file + ": is there already, and left as it is\n"), std::string::npos)
      << later.output;
  const ProgramResult after = RunAt(file, 200, R"({"id":"a"})");
  EXPECT_EQ(after.exit_code, 1) << after.output << after.errors;
  EXPECT_NE(after.output.find("shop_list/2026_12.documented_request"), std::string::npos)
      << after.output;
}

TEST_F(LaterImport, OfTheSameDocumentMakesNoNewEdition) {
  ASSERT_EQ(Import(Books("id")).exit_code, 0);
  const std::string file = "specs/shop/list/2026-11.yaml";
  const ProgramResult later = Import(Books("id"), "2026-12-02");
  EXPECT_NE(later.output.find(file + ": shop.list is unchanged since 2026-11, "), std::string::npos)
      << later.output << later.errors;
  WriteFile(file, Read(file) + "# by hand\n");
  const ProgramResult again = Import(Books("id"), "2026-12-03");
  EXPECT_NE(again.output.find("; what was changed by hand is kept\n"), std::string::npos)
      << again.output << again.errors;
  EXPECT_NE(Read(file).find("# by hand\n"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "specs/shop/list/2026-12.yaml"));
}

TEST_F(LaterImport, OfAnotherMonthKeepsWhatAHandChangedInTheEditionBefore) {
  ASSERT_EQ(Import(Books("id")).exit_code, 0);
  const std::string file = "specs/shop/list/2026-11.yaml";
  std::string text = Read(file);
  WriteFile(file, text.insert(text.find("server: "), "# by hand\n"));
  const ProgramResult later = Import(Books("id, pages"), "2026-12-02");
  EXPECT_NE(later.output.find("specs/shop/list/2026-12.yaml: shop.list, edition 2026-12, "),
            std::string::npos)
      << later.output << later.errors;
  const std::string next = Read("specs/shop/list/2026-12.yaml");
  EXPECT_NE(next.find("# by hand\n"), std::string::npos) << next;
  EXPECT_NE(next.find("edition: 2026-12\n"), std::string::npos) << next;
  EXPECT_NE(next.find("pages"), std::string::npos) << next;
  EXPECT_EQ(Conform({"lint"}).exit_code, 0);
}

TEST_F(LaterImport, OfAnotherMonthWritesNothingWhereBothChangedALine) {
  ASSERT_EQ(Import(Books("id")).exit_code, 0);
  const std::string file = "specs/shop/list/2026-11.yaml";
  const std::string required = "required: [id]";
  std::string text = Read(file);
  ASSERT_NE(text.find(required), std::string::npos) << text;
  WriteFile(file, text.replace(text.find(required), required.size(), "required: [id, more]"));
  const ProgramResult later = Import(Books("id, pages"), "2026-12-02");
  EXPECT_EQ(later.exit_code, 2);
  EXPECT_NE(later.errors.find("changed by hand and on the page: here `"), std::string::npos)
      << later.errors;
  EXPECT_NE(
      later.errors.find("specs/shop/list/2026-12.yaml is not written: it goes on from " + file),
      std::string::npos)
      << later.errors;
  EXPECT_FALSE(std::filesystem::exists(folder_ / "specs/shop/list/2026-12.yaml"));
}

TEST_F(LaterImport, NamesTheOperationsThatAreGoneUnderAnotherTitle) {
  ASSERT_EQ(Import(Books("id", kReport)).exit_code, 0);
  std::string renamed = Books("id");
  renamed.replace(renamed.find("title: Shop"), 11, "title: Mart");
  const std::string errors = Import(renamed).errors;
  for (const char* gone : {"of shop.list no contract", "of shop.report no contract"})
    EXPECT_NE(errors.find(gone), std::string::npos) << errors;
}

TEST_F(LaterImport, NamesTheOperationsThatAreGone) {
  EXPECT_EQ(Import(Books("id", kReport)).errors, "");
  const ProgramResult later = Import(Books("id"));
  EXPECT_EQ(later.exit_code, 0);
  EXPECT_EQ(later.errors,
            "specs/shop/report/2026-11.yaml:1:1: warning: of shop.report no contract is made any "
            "more; this one and its cases stay\n"
            " 1 | operation: shop.report\n   | ^\n"
            "      remove them, or keep them while the operation is served\n");
  EXPECT_EQ(Conform({"import", "api.yaml", "--operation", "list", "--date", "2026-11-02"}).errors,
            "");
}

TEST_F(LaterImport, OfASchemaThatIsNotStatedIsAMistake) {
  ASSERT_EQ(Import(Books("id", kReport)).exit_code, 0);
  const std::string file = "cases/shop/report/documented_request.yaml";
  WriteFile(file, Read(file) + "  body: {schema: contract}\n");
  const ProgramResult lint = Conform({"lint"});
  EXPECT_EQ(lint.exit_code, 2);
  EXPECT_NE(lint.errors.find(": error: edition 2026-11 states no schema of JSON for 200\n"),
            std::string::npos)
      << lint.errors;
  EXPECT_NE(lint.errors.find("\n      state it in specs/shop/report/2026-11.yaml, or leave "
                             "'schema' out\n"),
            std::string::npos)
      << lint.errors;
}

TEST_F(LaterImport, OfSeveralSuccessesTakesEither) {
  ASSERT_EQ(Import(Books("id", kPut)).exit_code, 0);
  const std::string file = "cases/shop/put/documented_request.yaml";
  EXPECT_NE(Read(file).find("clauses: [put.response.200, put.response.201]\n"), std::string::npos)
      << Read(file);
  EXPECT_NE(Read(file).find("  status: [200, 201]\n  body: {schema: contract}\n"),
            std::string::npos)
      << Read(file);
  EXPECT_EQ(Conform({"run", file, "--no-history"}).exit_code, 0);
  for (const auto& [status, body, code] :
       {std::tuple{200, R"({"id":"a"})", 0}, std::tuple{201, R"({"at":"b"})", 0},
        std::tuple{201, R"({"id":"a"})", 1}, std::tuple{202, R"({"id":"a"})", 1}}) {
    const ProgramResult ran = RunAt(file, status, body);
    EXPECT_EQ(ran.exit_code, code) << status << ran.output << ran.errors;
  }
}

TEST_F(LaterImport, OfAnySuccessTakesEach) {
  std::string document = Books("id");
  document.replace(document.find("'200'"), 5, "'2XX'");
  const ProgramResult imported = Import(document);
  ASSERT_EQ(imported.exit_code, 0) << imported.errors;
  EXPECT_EQ(imported.errors, "");
  const std::string file = "cases/shop/list/documented_request.yaml";
  EXPECT_NE(Read(file).find("  status: 2xx\n  body: {schema: contract}\n"), std::string::npos)
      << Read(file);
  EXPECT_EQ(Conform({"lint"}).exit_code, 0);
  EXPECT_EQ(Conform({"run", file, "--no-history"}).exit_code, 0);
  // No fault that answers another success is to be noticed.
  const std::string planted = Conform({"self-check"}).output;
  EXPECT_EQ(planted.find("MISSED"), std::string::npos) << planted;
  EXPECT_EQ(planted.find("STRAY"), std::string::npos) << planted;
  for (const auto& [status, body, code] :
       {std::tuple{200, R"({"id":"a"})", 0}, std::tuple{201, R"({"id":"a"})", 0},
        std::tuple{201, "{}", 1}, std::tuple{302, R"({"id":"a"})", 1}}) {
    const ProgramResult ran = RunAt(file, status, body);
    EXPECT_EQ(ran.exit_code, code) << status << ran.output << ran.errors;
  }
}

TEST_F(LaterImport, OfSeveralSuccessesNeedsTheClauseOfEach) {
  ASSERT_EQ(Import(Books("id", kPut)).exit_code, 0);
  const std::string file = "cases/shop/put/documented_request.yaml";
  std::string text = Read(file);
  const std::string other = ", put.response.201";
  text.erase(text.find(other), other.size());
  WriteFile(file, text);
  const ProgramResult lint = Conform({"lint"});
  EXPECT_EQ(lint.exit_code, 2);
  EXPECT_NE(lint.errors.find("error: no listed clause is about 201, which is expected too\n"),
            std::string::npos)
      << lint.errors;
}

}  // namespace
}  // namespace conform
