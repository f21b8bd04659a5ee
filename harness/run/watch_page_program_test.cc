// Pages that are watched beside the service, by the built program.
#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>

#include "run/sample_history.h"
#include "testing/golden.h"
#include "testing/hostile_server.h"

namespace conform {
namespace {

class WatchPageProgramTest : public HistoryProgramTest {};

TEST_F(WatchPageProgramTest, WatchSeesThePageToo) {
  project_.Write("page.md", "# A page\n\nOne.\n");
  EXPECT_EQ(Watch({}, {"--page", "page.md"}).exit_code, 0);
  EXPECT_EQ(Watch({}, {"--page", "page.md"}).output, "");
  project_.Write("page.md", "# A page\n\nTwo.\n");
  const ProgramResult changed = Watch({}, {"--page", "page.md"});
  EXPECT_EQ(changed.exit_code, 1);
  EXPECT_EQ(changed.output, "page: page.md: its text changed: 1 line came, 1 went\n");
  project_.Remove("page.md");
  const ProgramResult gone = Watch({}, {"--page", "page.md"});
  EXPECT_EQ(gone.exit_code, 3);
  EXPECT_EQ(gone.output,
            "page.md: the page cannot be read\n  page.md: no such file\n"
            "could not tell: page.md: no such file\n");
}

TEST_F(WatchPageProgramTest, APageThatIsNotThereIsNotGreenInTheFirstRunEither) {
  const ProgramResult first = Watch({}, {"--page", "pgae.md"});
  EXPECT_EQ(first.exit_code, 3);
  EXPECT_NE(first.output.find("could not tell: pgae.md: no such file\n"), std::string::npos)
      << first.output;
}

TEST_F(WatchPageProgramTest, APageIsOneHoweverItIsWritten) {
  project_.Write("page.md", "One.\n");
  EXPECT_EQ(Watch({}, {"--page", "page.md"}).exit_code, 0);
  project_.Write("page.md", "Two.\n");
  EXPECT_EQ(Watch({}, {"--page", ".//page.md"}).output,
            "page: page.md: its text changed: 1 line came, 1 went\n");
}

TEST_F(WatchPageProgramTest, WhatCannotBeKeptIsToldByTheNextRun) {
  const std::string place = (project_.folder() / "state/conform/history.sqlite").string();
  project_.Write("page.md", "One.\n");
  EXPECT_EQ(Watch({}, {"--page", "page.md"}).exit_code, 0);
  project_.Write("page.md", "Two.\n");
  for (const char* table : {"page_text", "watch_count"}) {
    SQLite::Database file(place, SQLite::OPEN_READWRITE);
    file.exec(fmt::format(
        "CREATE TRIGGER full BEFORE INSERT ON {} BEGIN SELECT RAISE(ABORT, 'no room'); END",
        table));
    const ProgramResult full = Watch({}, {"--page", "page.md"});
    EXPECT_EQ(full.exit_code, 3);
    EXPECT_EQ(full.output, "");
    EXPECT_EQ(full.errors, "conform: " + place + ": no room\n");
    file.exec("DROP TRIGGER full");
  }
  EXPECT_EQ(Watch({}, {"--page", "page.md"}).output,
            "page: page.md: its text changed: 1 line came, 1 went\n");
}

TEST_F(WatchPageProgramTest, APageNamedTwiceIsOne) {
  const std::vector<std::string> twice = {"--page",    "page.md",   "--page",
                                          "./page.md", "--confirm", "2"};
  project_.Write("page.md", "One.\n");
  EXPECT_EQ(Watch({}, twice).exit_code, 0);
  project_.Write("page.md", "Two.\n");
  EXPECT_EQ(Watch({}, twice).output, "1 change not told before 2 runs in a row saw it\n");
}

TEST_F(WatchPageProgramTest, AChangeThatIsConfirmedSaysWhatChanged) {
  const std::vector<std::string> confirmed = {"--page", "page.md", "--confirm", "2"};
  project_.Write("page.md", "One.\n");
  EXPECT_EQ(Watch({}, confirmed).exit_code, 0);
  project_.Write("page.md", "Two.\nThree.\n");
  EXPECT_EQ(Watch({}, confirmed).output, "1 change not told before 2 runs in a row saw it\n");
  EXPECT_EQ(Watch({}, confirmed).output, "page: page.md: its text changed: 2 lines came, 1 went\n");
}

TEST_F(WatchPageProgramTest, EachSeriesSaysWhatChanged) {
  const std::vector<std::vector<std::string>> lines = {{"--page", "page.md"},
                                                       {"--page", "page.md", "--strict"}};
  project_.Write("page.md", "One.\n");
  for (const auto& line : lines) EXPECT_EQ(Watch({}, line).exit_code, 0);
  project_.Write("page.md", "Two.\n");
  for (const auto& line : lines) {
    EXPECT_EQ(Watch({}, line).output, "page: page.md: its text changed: 1 line came, 1 went\n");
  }
}

TEST_F(WatchPageProgramTest, AnEditAfterManyIsToldWithItsFacts) {
  std::string page =
      ReadTestFile(std::filesystem::path(CONFORM_TESTDATA) / "pages/loan_create.en-US.2025.md");
  const std::vector<std::string> flag = {"--page", "page.md"};
  for (int run = 0; run < 5; ++run) {
    project_.Write("page.md", page);
    const ProgramResult edited = Watch({}, flag);
    EXPECT_EQ(edited.exit_code, run == 0 ? 0 : 1);
    EXPECT_EQ(edited.output.find("flapping"), std::string::npos) << edited.output;
    page += "\nOnce more.\n";
  }
  project_.Write("page.md", std::regex_replace(page, std::regex("201 Created"), "200 OK"));
  const ProgramResult breaking = Watch({}, flag);
  EXPECT_EQ(breaking.exit_code, 1);
  EXPECT_NE(breaking.output.find(" breaking"), std::string::npos) << breaking.output;
}

TEST_F(WatchPageProgramTest, APageIsAskedForByItsTags) {
  const std::string page =
      "HTTP/1.1 200 OK\r\nETag: \"v1\"\r\nContent-Type: text/markdown\r\nContent-Length: 7\r\n"
      "Connection: close\r\n\r\n# Page\n";
  HostileServer server({AnswerAndClose(page),
                        AnswerAndClose("HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n")});
  const std::string address = FormatOrigin(server.origin()) + "/page.md";
  EXPECT_EQ(Watch({}, {"--page", address}).exit_code, 0);
  const ProgramResult second = Watch({}, {"--page", address});
  EXPECT_EQ(second.exit_code, 0) << second.output << second.errors;
  EXPECT_EQ(server.received(0).find("If-None-Match"), std::string::npos);
  EXPECT_NE(server.received(1).find("If-None-Match: \"v1\"\r\n"), std::string::npos);
}

TEST_F(WatchPageProgramTest, WatchSeesWhatThePageIncludes) {
  project_.Write("api/page.md", "# A page\n\n[!INCLUDE [beside](../includes/beside.md)]\n");
  project_.Write("includes/beside.md", "One.\n");
  const std::vector<std::string> page = {"--page", "api/page.md"};
  EXPECT_EQ(Watch({}, page).exit_code, 0);
  EXPECT_EQ(Watch({}, page).output, "");
  project_.Write("includes/beside.md", "Two.\n");
  const ProgramResult changed = Watch({}, page);
  EXPECT_EQ(changed.exit_code, 1);
  EXPECT_EQ(changed.output,
            "page: api/page.md: ../includes/beside.md, which it includes, changed: 1 line came, "
            "1 went\n");
  project_.Remove("includes/beside.md");
  const ProgramResult gone = Watch({}, page);
  EXPECT_EQ(gone.exit_code, 3);
  EXPECT_NE(
      gone.output.find("could not tell: api/page.md: ../includes/beside.md, which it includes, "
                       "cannot be read\n"),
      std::string::npos)
      << gone.output;
  project_.Write("includes/beside.md", "Two.\n");
  EXPECT_EQ(Watch({}, page).output.substr(0, 40), "api/page.md: the page can be read again\n");
}

TEST_F(WatchPageProgramTest, APermissionThatAnIncludedTableDropsIsBreaking) {
  const std::filesystem::path pages = std::filesystem::path(CONFORM_TESTDATA) / "pages";
  const std::string table = ReadTestFile(pages / "includes/loan-create-permissions.md");
  project_.Write("page.md", ReadTestFile(pages / "loan_create.en-US.2025.md"));
  project_.Write("includes/loan-create-permissions.md", table);
  EXPECT_EQ(Watch({}, {"--page", "page.md"}).exit_code, 0);
  project_.Write("includes/loan-create-permissions.md",
                 std::regex_replace(table, std::regex("Loans\\.Create"), "Loans.Other"));
  const ProgramResult changed = Watch({}, {"--page", "page.md"});
  EXPECT_EQ(changed.exit_code, 1);
  EXPECT_NE(changed.output.find("suffices no longer"), std::string::npos) << changed.output;
}

TEST_F(WatchPageProgramTest, WhatAPageOfAUrlIncludesIsReadThereToo) {
  const auto answer = [](const std::string& tag, const std::string& text) {
    return AnswerAndClose(
        fmt::format("HTTP/1.1 200 OK\r\n{}Content-Type: text/markdown\r\n"
                    "Content-Length: {}\r\nConnection: close\r\n\r\n{}",
                    tag, text.size(), text));
  };
  HostileServer server({answer("ETag: \"v1\"\r\n", "# Page\n\n[!INCLUDE [x](inc/x.md)]\n"),
                        answer("", "One.\n"),
                        AnswerAndClose("HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n"),
                        answer("", "Two.\n")});
  const std::string address = FormatOrigin(server.origin()) + "/docs/page.md";
  EXPECT_EQ(Watch({}, {"--page", address}).exit_code, 0);
  const ProgramResult second = Watch({}, {"--page", address});
  EXPECT_EQ(second.exit_code, 1) << second.output << second.errors;
  EXPECT_NE(second.output.find("inc/x.md, which it includes, changed"), std::string::npos)
      << second.output;
  EXPECT_EQ(server.received(3).substr(0, 19), "GET /docs/inc/x.md ");
}

}  // namespace
}  // namespace conform
