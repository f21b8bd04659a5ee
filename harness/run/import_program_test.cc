// What `conform import` writes, keeps and refuses.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "run/sample_import_folder.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

fs::path PageFile(const std::string& name) { return fs::path(CONFORM_TESTDATA) / "pages" / name; }

class ImportProgram : public ImportFolder {
 protected:
  void Replace(const std::string& file, const std::string& from, const std::string& to) const {
    std::string text = Read(file);
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
    std::ofstream(folder_ / file) << text;
  }

  /// Everything below the folder, sorted.
  std::string Files() const {
    std::vector<std::string> files;
    for (const auto& each : fs::recursive_directory_iterator(folder_)) {
      if (each.is_regular_file()) files.push_back(fs::relative(each.path(), folder_).string());
    }
    std::sort(files.begin(), files.end());
    std::string text;
    for (const std::string& file : files) text += file + "\n";
    return text;
  }
};

TEST_F(ImportProgram, WritesAContractAtItsPlaceAndCasesThatPassAtOnce) {
  for (const char* page :
       {"loan_renew.zh-CN.2019.md", "loan_renew.en-US.2024.md", "loan_create.en-US.2025.md",
        "loans_list.de-DE.2018.md", "loan_update.fr-FR.2020.md", "loan_report.pt-BR.2019.md",
        "loan_delete.ru-RU.2022.md", "loans_find.ja-JP.2021.md", "loan_columns.en-US.2023.md"}) {
    const ProgramResult imported = Conform({"import", PageFile(page).string(), "--scaffold"});
    EXPECT_EQ(imported.exit_code, 0) << page << imported.errors;
  }
  const ProgramResult run = Conform({"run"});
  EXPECT_EQ(run.exit_code, 0) << run.output << run.errors;
  EXPECT_EQ(run.output.find("FAIL"), std::string::npos);
  for (const char* file : {"application_refused.yaml", "documented_request.yaml",
                           "documented_request_2024_05.yaml", "personal_account_2024_05.yaml"}) {
    EXPECT_NE(Files().find(std::string("cases/graph/beta/library/loanSettings/renew/") + file),
              std::string::npos)
        << file;
  }
  EXPECT_EQ(Files().find("application_refused_2024_05"), std::string::npos);
  EXPECT_NE(Files().find("specs/graph/beta/library/loanSettings/renew/2024-05.yaml"),
            std::string::npos);
}

TEST_F(ImportProgram, LeavesCasesThatAreThereAsTheyAre) {
  const std::string page = PageFile("loan_renew.en-US.2024.md").string();
  const std::string file = "cases/graph/beta/library/loanSettings/renew/documented_request.yaml";
  Conform({"import", page, "--scaffold"});
  Replace(file, "title: ", "title: Mine: ");
  const std::string mine = Read(file);
  const ProgramResult again = Conform({"import", page, "--scaffold"});
  EXPECT_EQ(again.exit_code, 0);
  EXPECT_NE(again.output.find(file + ": is there already, and left as it is\n"), std::string::npos);
  EXPECT_EQ(Read(file), mine);
}

TEST_F(ImportProgram, KeepsWhatAHandChanged) {
  const std::string page = PageFile("loan_renew.en-US.2024.md").string();
  Conform({"import", page, "-o", "renew.yaml"});
  Replace("renew.yaml", "in_progress_lasts: 2m", "in_progress_lasts: 5m");
  // The page changes elsewhere.
  std::string changed = ReadTestFile(page);
  changed.replace(changed.find("Loans.ReadWrite.All|\n|Delegated"), 19, "Loans.Write.All");
  std::ofstream(folder_ / "page.md") << changed;
  const ProgramResult again = Conform({"import", "page.md", "-o", "renew.yaml"});
  EXPECT_EQ(again.exit_code, 0) << again.errors;
  EXPECT_NE(again.output.find("; what was changed by hand is kept\n"), std::string::npos);
  EXPECT_NE(Read("renew.yaml").find("in_progress_lasts: 5m"), std::string::npos);
  EXPECT_NE(Read("renew.yaml").find("delegated_work: [Loans.Renew.All, Loans.Write.All]"),
            std::string::npos);
  EXPECT_NE(Read("renew.import").find("in_progress_lasts: 2m"), std::string::npos);
}

TEST_F(ImportProgram, NamesWhatHandAndPageBothChanged) {
  const std::string page = PageFile("loan_renew.en-US.2024.md").string();
  Conform({"import", page, "-o", "renew.yaml"});
  Replace("renew.yaml", "delegated_work: [Loans.Renew.All, ", "delegated_work: [Loans.Other.All, ");
  const std::string mine = Read("renew.yaml");
  std::string changed = ReadTestFile(page);
  changed.replace(changed.find("Loans.Renew.All"), 15, "Loans.Third.All");
  std::ofstream(folder_ / "page.md") << changed;
  const ProgramResult again = Conform({"import", "page.md", "-o", "renew.yaml"});
  EXPECT_EQ(again.exit_code, 2);
  EXPECT_NE(again.errors.find("error: changed by hand and on the page: here `  delegated_work: "
                              "[Loans.Other.All, Loans.ReadWrite.All]`, there `  delegated_work: "
                              "[Loans.Third.All, Loans.ReadWrite.All]`"),
            std::string::npos)
      << again.errors;
  EXPECT_EQ(Read("renew.yaml"), mine);
  EXPECT_EQ(Conform({"import", "page.md", "-o", "renew.yaml", "--conflicts", "hand"}).exit_code, 0);
  EXPECT_NE(Read("renew.yaml").find("Loans.Other.All"), std::string::npos);
  EXPECT_EQ(Read("renew.yaml").find("delegated_work: [Loans.Third.All"), std::string::npos);
}

TEST_F(ImportProgram, TouchesNoFileThatNoImportWrote) {
  std::ofstream(folder_ / "mine.yaml") << "operation: mine\n";
  const ProgramResult result =
      Conform({"import", PageFile("loan_renew.en-US.2024.md").string(), "-o", "mine.yaml"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_NE(result.errors.find("conform: mine.yaml: is there already, and no import wrote it; give "
                               "-o another file\n"),
            std::string::npos);
  EXPECT_EQ(Read("mine.yaml"), "operation: mine\n");
}

TEST_F(ImportProgram, WritesNothingForAPageWithoutOperation) {
  for (const auto& [page, kind] :
       {std::pair("loan.resource.md", "a resource type"),
        std::pair("lending.concept.md",
                  "a concept, or something else that is called by no request")}) {
    const std::string file = PageFile(page).string();
    const ProgramResult result = Conform({"import", file, "--scaffold"});
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_EQ(result.errors,
              fmt::format("conform: {}: the page describes no operation: it is {}\n", file, kind));
  }
  EXPECT_EQ(Files(), "");
}

TEST_F(ImportProgram, RefusesWhatItCannotRead) {
  struct {
    const char* place;
    const char* said;
  } const rows[] = {
      {"absent.md", "conform: absent.md: no such file\n"},
      {".", "conform: .: is no file\n"},
      {"http://example.org/x.md",
       "conform: http://example.org/x.md: no address a page is read from: https, or http to "
       "loopback\n"},
      {"https://",
       "conform: https://: no address a page is read from: https, or http to loopback\n"},
  };
  for (const auto& row : rows) {
    const ProgramResult result = Conform({"import", row.place});
    EXPECT_EQ(result.exit_code, 2) << row.place;
    EXPECT_EQ(result.errors, row.said);
  }
}

TEST_F(ImportProgram, FollowsIncludesOfAnAddressOnItsOwnHostAlone) {
  httplib::Server server;
  const auto serve = [&server](const std::string& path, const std::string& text) {
    server.Get(path, [text](const httplib::Request&, httplib::Response& answer) {
      answer.set_content(text, "text/plain; charset=utf-8");
    });
  };
  serve("/beta/api/loan_create.md", ReadTestFile(PageFile("loan_create.en-US.2025.md")));
  serve("/beta/api/includes/loan-create-permissions.md",
        ReadTestFile(PageFile("includes/loan-create-permissions.md")));
  server.Get("/beta/api/includes/clouds-of-loans.md",
             [](const httplib::Request&, httplib::Response& answer) {
               answer.set_redirect("http://127.0.0.2/clouds.md");
             });
  const int port = server.bind_to_any_port("127.0.0.1");
  std::thread serving([&server] { server.listen_after_bind(); });
  const ProgramResult result = Conform(
      {"import", fmt::format("http://127.0.0.1:{}/beta/api/loan_create.md", port), "-o", "x.yaml"});
  server.stop();
  serving.join();
  EXPECT_EQ(result.exit_code, 0) << result.errors;
  EXPECT_NE(Read("x.yaml").find("\npermissions:\n"), std::string::npos);
  EXPECT_NE(result.errors.find("INCLUDE names includes/clouds-of-loans.md"), std::string::npos);
  EXPECT_EQ(result.errors.find("loan-create-permissions"), std::string::npos) << result.errors;
}

TEST_F(ImportProgram, ReadsAPageFromAnAddress) {
  httplib::Server server;
  const std::string page = ReadTestFile(PageFile("loan_renew.zh-CN.2019.md"));
  server.Get("/docs/beta/renew.md", [&](const httplib::Request&, httplib::Response& answer) {
    answer.set_content(page, "text/plain; charset=utf-8");
  });
  server.Get("/moved.md", [](const httplib::Request&, httplib::Response& answer) {
    answer.set_redirect("/docs/beta/renew.md");
  });
  server.Get("/docs/v1/old.md", [](const httplib::Request&, httplib::Response& answer) {
    answer.set_redirect("../beta/renew.md");
  });
  server.Get("/round.md", [](const httplib::Request&, httplib::Response& answer) {
    answer.set_redirect("/round.md");
  });
  server.Get("/page.html", [](const httplib::Request&, httplib::Response& answer) {
    answer.set_content("<p>", "text/html");
  });
  const int port = server.bind_to_any_port("127.0.0.1");
  std::thread serving([&server] { server.listen_after_bind(); });
  const std::string origin = fmt::format("http://127.0.0.1:{}", port);
  EXPECT_EQ(Conform({"import", origin + "/docs/v1/old.md", "-o", "z.yaml"}).exit_code, 0);
  EXPECT_EQ(Conform({"import", origin + "/moved.md", "-o", "x.yaml"}).exit_code, 0);
  EXPECT_NE(Read("x.yaml").find("operation: library.loanSettings.renew\nedition: 2019-03\n"),
            std::string::npos);
  struct {
    const char* path;
    const char* said;
  } const rows[] = {
      {"/round.md", "redirects more than 5 times"},
      {"/page.html", "an HTML page; give the address of its Markdown"},
      {"/absent.md", "answered 404, not with a page"},
  };
  for (const auto& row : rows) {
    const ProgramResult result = Conform({"import", origin + row.path, "-o", "y.yaml"});
    EXPECT_EQ(result.exit_code, 2) << row.path;
    EXPECT_NE(result.errors.find(row.said), std::string::npos) << result.errors;
  }
  EXPECT_EQ(Read("y.yaml"), "");
  server.stop();
  serving.join();
}

TEST_F(ImportProgram, ThenLintTellsOfAPageThatHasChangedSince) {
  const std::string page = PageFile("loan_renew.en-US.2024.md").string();
  ASSERT_EQ(Conform({"import", page}).exit_code, 0);
  fs::create_directories(folder_ / "cases");
  fs::create_directories(folder_ / "pages");
  fs::copy_file(page, folder_ / "pages" / "renew.md");
  const std::string spec = "specs/graph/beta/library/loanSettings/renew/2024-05.yaml";
  const ProgramResult same = Conform({"lint", "--pages", "pages"});
  EXPECT_EQ(same.errors, "");
  // Where the page itself lies, the same in another language says nothing.
  std::string translated = Read("pages/renew.md");
  translated.replace(translated.find("Extends the term"), 16, "Verlengt de termijn");
  std::ofstream(folder_ / "pages" / "translated.md") << translated;
  EXPECT_EQ(Conform({"lint", "--pages", "pages"}).errors, "");
  fs::remove(folder_ / "pages" / "translated.md");
  std::ofstream(folder_ / "pages" / "renew.md", std::ios::app) << "\nOne more sentence.\n";
  const ProgramResult changed = Conform({"lint", "--pages", "pages"});
  EXPECT_EQ(changed.exit_code, 0);
  EXPECT_NE(changed.errors.find(spec + ":8:11: warning: pages/renew.md is no longer the page that "
                                       "this was taken from\n"),
            std::string::npos)
      << changed.errors;
  EXPECT_NE(changed.errors.find("see `conform diff " + spec + " pages/renew.md`"),
            std::string::npos);
  // Beside the contract it needs no flag.
  fs::rename(folder_ / "pages" / "renew.md", (folder_ / spec).parent_path() / "page.md");
  EXPECT_NE(Conform({"lint"}).errors.find("renew/page.md is no longer the page"),
            std::string::npos);
  const ProgramResult none = Conform({"lint", "--pages", "nothing"});
  EXPECT_EQ(none.exit_code, 2);
  EXPECT_NE(none.errors.find("nothing: error: cannot be read: "), std::string::npos) << none.errors;
}

}  // namespace
}  // namespace conform
