#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "base/date.h"
#include "contract/contract_loader.h"
#include "page/contract_from_page.h"
#include "page/contract_text.h"
#include "page/page_loader.h"
#include "testing/golden.h"
#include "testing/steady_random.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

fs::path PagesFolder() { return fs::path(CONFORM_TESTDATA) / "pages"; }

std::vector<std::string> PageStems() {
  std::vector<std::string> stems;
  for (const auto& each : fs::directory_iterator(PagesFolder())) {
    if (each.path().extension() == ".md") stems.push_back(each.path().stem().string());
  }
  std::sort(stems.begin(), stems.end());
  return stems;
}

struct Imported {
  std::string contract;  // empty where the page makes none
  std::string said;
};

Imported ImportPage(const std::string& name, const std::string& bytes) {
  Diagnostics diagnostics;
  Imported imported;
  const Expected<Page> page = LoadPage(name, bytes, IncludesBeside(PagesFolder()), diagnostics);
  if (!page) return {"", page.error().message + "\n"};
  ImportOptions options;
  options.today = *ParseDate("2026-01-15");
  const Expected<Contract> contract = ContractFromPage(*page, options, diagnostics);
  imported.said = diagnostics.RenderAll();
  if (contract) {
    imported.contract = RenderContract(*contract);
  } else {
    imported.said += contract.error().message + "\n";
  }
  return imported;
}

class ImportPageTest : public testing::TestWithParam<std::string> {};

/// A page that says nothing, or makes no contract, has no such file beside it.
void ExpectGolden(const fs::path& file, const std::string& actual) {
  if (actual.empty()) {
    EXPECT_FALSE(fs::exists(file)) << file;
  } else {
    EXPECT_EQ(actual, Golden(file, actual));
  }
}

TEST_P(ImportPageTest, MakesTheContractBesideIt) {
  const fs::path page = PagesFolder() / (GetParam() + ".md");
  const Imported imported = ImportPage(GetParam() + ".md", ReadTestFile(page));
  ExpectGolden(PagesFolder() / (GetParam() + ".err"), imported.said);
  ExpectGolden(PagesFolder() / (GetParam() + ".yaml"), imported.contract);
}

TEST_P(ImportPageTest, WritesWhatTheLoaderReads) {
  const fs::path page = PagesFolder() / (GetParam() + ".md");
  const Imported imported = ImportPage(GetParam() + ".md", ReadTestFile(page));
  if (imported.contract.empty()) return;
  Diagnostics diagnostics;
  const auto contract =
      LoadContract(std::make_shared<SourceText>("x.yaml", imported.contract), diagnostics);
  EXPECT_EQ(diagnostics.RenderAll(), "");
  ASSERT_TRUE(contract.has_value());
  EXPECT_EQ(RenderContract(*contract), imported.contract);
}

TEST_P(ImportPageTest, IsTheSameWithOtherLineEnds) {
  const std::string bytes = ReadTestFile(PagesFolder() / (GetParam() + ".md"));
  std::string windows = "\xEF\xBB\xBF";
  for (const char c : bytes) windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
  const auto facts = [](std::string contract) {  // all but the digest of the bytes
    const std::size_t at = contract.find("  sha256: ");
    return at == std::string::npos ? contract : contract.erase(at, 75);
  };
  EXPECT_EQ(facts(ImportPage("p.md", windows).contract), facts(ImportPage("p.md", bytes).contract));
}

INSTANTIATE_TEST_SUITE_P(Pages, ImportPageTest, testing::ValuesIn(PageStems()),
                         [](const testing::TestParamInfo<std::string>& row) {
                           std::string name = row.param;
                           std::replace_if(
                               name.begin(), name.end(),
                               [](char c) { return c == '.' || c == '-'; }, '_');
                           return name;
                         });

TEST(ImportPage, OfWhatIsNoTextSaysAtWhichByte) {
  EXPECT_EQ(ImportPage("p.md", "# x\n\xff").said,
            "p.md: no UTF-8 text: byte 5 belongs to no character\n");
}

TEST(ImportPage, OfNothingIsNoOperation) {
  for (const char* text :
       {"", "\n", "---\n", "---\n---\n", "---\na: [\n---\n", "|a|\n|-|\n", "<!--"}) {
    EXPECT_EQ(ImportPage("p.md", text).contract, "") << text;
  }
}

// Pages are changed at a few places, always the same ones: nothing may crash, and whatever contract
// comes of it must be one that the loader reads.
TEST(ImportPage, OfAChangedPageCrashesNothingAndWritesNoBadContract) {
  constexpr std::string_view kPieces[] = {"|",
                                          "`",
                                          "\n",
                                          "<span data-stu-id=\"x\">",
                                          "</span>",
                                          "{",
                                          "}",
                                          "---\n",
                                          "404 Not Found",
                                          "\"",
                                          "```\n",
                                          "<table>",
                                          "[!INCLUDE [x](y.md)]",
                                          "<!-- {",
                                          "$",
                                          ": ",
                                          "#",
                                          "\xC2\x85",
                                          "/",
                                          "* ",
                                          "\t"};
  SteadyRandom random;
  const auto next = [&random](std::size_t below) { return random.Below(below); };
  int made = 0;
  for (const std::string& stem : PageStems()) {
    const std::string page = ReadTestFile(PagesFolder() / (stem + ".md"));
    for (int round = 0; round < 40; ++round) {
      std::string changed = page;
      for (std::size_t edits = 1 + next(6); edits > 0; --edits) {
        const std::size_t at = next(changed.size());
        switch (next(4)) {
          case 0:
            changed.erase(at, 1 + next(40));
            break;
          case 1:
            changed.insert(at, changed.substr(next(changed.size()), next(200)));
            break;
          default:
            changed.insert(at, kPieces[next(std::size(kPieces))]);
        }
        if (changed.empty()) changed = "x";
      }
      const Imported imported = ImportPage("p.md", changed);
      if (imported.contract.empty()) continue;
      ++made;
      Diagnostics diagnostics;
      LoadContract(std::make_shared<SourceText>("x.yaml", imported.contract), diagnostics);
      EXPECT_FALSE(diagnostics.HasErrors()) << diagnostics.RenderAll() << changed;
    }
  }
  EXPECT_GT(made, 100);
}

}  // namespace
}  // namespace conform
