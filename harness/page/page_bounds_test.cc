// Pages that would cost more than they tell, or read what is not theirs.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "page/html_text.h"
#include "page/markdown_reader.h"
#include "page/page_fetch.h"
#include "page/page_loader.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

std::string Repeated(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

std::string Table(int columns, int rows) {
  return Repeated("|a", columns) + "\n" + Repeated("|-", columns) + "\n" + Repeated("|b\n", rows);
}

std::string WhyNot(const std::string& bytes) {
  Diagnostics diagnostics;
  const auto page = LoadPage("a.md", bytes, IncludesBeside("."), diagnostics);
  return page ? "" : page.error().message;
}

/// The parser gives each row all columns: 35 KB took 6.7 GB.
TEST(LoadPage, RefusesTablesOfMoreCellsThanAnyPageHas) {
  const std::string why =
      "a.md: its tables have more than 100000 cells, which those of no page have";
  EXPECT_EQ(WhyNot(Table(5'000, 5'000)), why);
  EXPECT_EQ(WhyNot("> " + Repeated("|a", 400) + "\n> " + Repeated("|-", 400) + "\n" +
                   Repeated("> |b\n", 300)),
            why);
  EXPECT_EQ(WhyNot(Repeated(Table(100, 100) + "\n", 20)), why);
  EXPECT_EQ(WhyNot(Table(10, 5'000)), "");
  EXPECT_EQ(WhyNot(Repeated("a\n", 200'000)), "");
}

TEST(CountTableCells, CountsNoLessThanTheParserMakes) {
  EXPECT_EQ(CountTableCells(""), 0U);
  EXPECT_EQ(CountTableCells("a\n---\nb\n"), 0U);
  EXPECT_GE(CountTableCells(Table(3, 4)), 3U * 4);
  EXPECT_GE(CountTableCells("a | b\n- | -\nc\nd"), 2U * 2);
  EXPECT_GE(CountTableCells("a | b\r\n- | -\r\nc\r\nd\r\n"), 2U * 2);
  EXPECT_GE(CountTableCells("a | b\r- | -\rc\rd"), 2U * 2);
  EXPECT_GE(CountTableCells("a | b\n- |\v-\f\nc\nd"), 2U * 2);
}

/// The parser's memory grew by the square of the nesting: 100 KB took 3.1 GB.
TEST(ReadHtmlBlock, TakesTextAloneOfWhatNestsDeeply) {
  const auto shown = [](const std::string& html) {
    std::string text;
    for (const Block& block : ReadHtmlBlock(html, 1, 1)) text += block.passage.Text();
    return text;
  };
  EXPECT_EQ(shown(Repeated("<div>", 300'000) + "hello"), "hello");
  EXPECT_EQ(shown(Repeated("<b><p>", 100'000) + "hello"), "hello");
  EXPECT_EQ(shown(Repeated("<div>hi</div> ", 3)), "hi hi hi");
  EXPECT_EQ(ReadHtmlBlock("<table><tr><th>a<tr><td>b" + Repeated("<br>", 2'000) + "</table>", 1, 1)
                .front()
                .kind,
            Block::Kind::kTable);
  EXPECT_TRUE(RawSentences(Repeated("<div>", 300'000) + "<span data-stu-id=a>b</span>").empty());
}

/// Looked for once more at each begin, an end that is not there took hours.
TEST(RemoveTags, DoesNotSeekAnEndThatIsNotThere) {
  for (const char* begin : {"<a ", "<!--", "<", "<aaaa"}) {
    const std::string text = Repeated(begin, 1'000'000);
    EXPECT_TRUE(RemoveTags(text) == text) << begin;
  }
  EXPECT_EQ(RemoveTags("a<b>c</b><!-- d --> < e"), "ac < e");
}

class IncludedFiles : public testing::Test {
 protected:
  IncludedFiles() : root_(fs::path(testing::TempDir()) / fmt::format("pages.{}", ::getpid())) {
    fs::remove_all(root_);
    Write("secret.md");
    Write("docs/near.md");
    Write("docs/api/beside.md");
    Write("docs/api/v1/own.md");
    fs::create_symlink("../../../secret.md", root_ / "docs/api/v1/link.md");
    fs::create_symlink("own.md", root_ / "docs/api/v1/fine.md");
  }
  ~IncludedFiles() override { fs::remove_all(root_); }

  void Write(const std::string& path) const {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path) << "hello";
  }
  /// What a page of docs/api/v1 may read of what it names.
  std::string Read(const std::vector<std::string>& names) const {
    const OpenInclude open = IncludesBeside(root_ / "docs/api/v1");
    std::string read;
    for (const std::string& name : names) {
      if (open(name)) read += name + "\n";
    }
    return read;
  }

  // A link out of the repository, a file above it.
  const std::vector<std::string> names_ = {"own.md",
                                           "fine.md",
                                           "../beside.md",
                                           "../../near.md",
                                           "link.md",
                                           "../../../secret.md",
                                           "../../../docs/api/v1/own.md"};
  const fs::path root_;
};

TEST_F(IncludedFiles, LieInTheRepositoryOfThePage) {
  fs::create_directories(root_ / "docs/.git");
  EXPECT_EQ(Read(names_),
            "own.md\nfine.md\n../beside.md\n../../near.md\n../../../docs/api/v1/own.md\n");
  const std::string all = Read(names_);
  Write("docs/api/docfx.json");
  EXPECT_EQ(Read(names_), all);
  fs::remove(root_ / "docs/.git");
  EXPECT_EQ(Read(names_), "own.md\nfine.md\n../beside.md\n../../../docs/api/v1/own.md\n");
  fs::remove(root_ / "docs/api/docfx.json");
  EXPECT_EQ(Read(names_), all);
}

TEST(DescribeRedirection, IsEmptyWhereAPageMaySendItsReader) {
  struct {
    const char* from;
    const char* to;
    const char* why;
  } const rows[] = {
      {"https://a.example/b", "https://b.example/", ""},
      {"http://127.0.0.1:80/", "http://localhost:81/a", ""},
      {"http://[::1]/", "https://a.example/", ""},
      {"https://a.example/", "http://127.0.0.1/", "from https to http"},
      {"https://127.0.0.1/", "http://127.0.0.1/", "from https to http"},
      {"https://a.example/", "https://127.0.0.2:8080/", "from elsewhere to this machine"},
      {"https://a.example/", "https://localhost/", "from elsewhere to this machine"},
  };
  for (const auto& row : rows) EXPECT_EQ(DescribeRedirection(row.from, row.to), row.why) << row.to;
}

}  // namespace
}  // namespace conform
