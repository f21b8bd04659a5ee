#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>

#include "case/case_loader.h"
#include "testing/golden.h"

namespace conform {
namespace {

const std::filesystem::path kFolder = CONFORM_TESTDATA "/broken/case";

class LoadCaseRejects : public testing::TestWithParam<std::string> {};

/// Each file has its messages beside it, whole, in NAME.err.
TEST_P(LoadCaseRejects, AndTellsEveryMistakeAtItsPlace) {
  const std::string name = GetParam() + ".yaml";
  const auto source = std::make_shared<SourceText>(name, ReadTestFile(kFolder / name));
  Diagnostics diagnostics;
  EXPECT_FALSE(LoadCase(source, GetParam(), diagnostics).has_value());
  const std::string told = diagnostics.RenderAll();
  EXPECT_EQ(told, Golden(kFolder / (GetParam() + ".err"), told));
  EXPECT_TRUE(diagnostics.HasErrors());
}

INSTANTIATE_TEST_SUITE_P(BrokenFiles, LoadCaseRejects, testing::ValuesIn(YamlStems(kFolder)),
                         [](const auto& param) { return param.param; });

/// Files that are no cases at all; made here, since they are large or no files.
class LoadCasesRejects : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(testing::TempDir()) /
              testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::create_directories(folder_);
    std::filesystem::current_path(folder_);
  }
  void TearDown() override {
    std::filesystem::current_path(testing::TempDir());
    std::filesystem::remove_all(folder_);
  }
  std::string Told(const std::string& name) {
    Diagnostics diagnostics;
    EXPECT_TRUE(LoadCases({name}, diagnostics).empty());
    return diagnostics.RenderAll();
  }
  static void Write(const std::string& name, const std::string& text) {
    std::ofstream(name, std::ios::binary) << text;
  }

 private:
  std::filesystem::path folder_;
};

TEST_F(LoadCasesRejects, APlaceholderInAFileOfASchema) {
  Write("schema.json", R"({"description": "as ${a}", "const": "${row.x}"})");
  Write("case.yaml",
        "title: A case\noperation: things.sync\nclauses: [sync.204]\nidentity: none\n"
        "request: {method: GET, path: /things, body: none}\n"
        "response: {status: 204, body: {schema: schema.json}}\n");
  EXPECT_EQ(Told("case.yaml"),
            "case.yaml:6:40: error: '${row.x}' stands in a schema, where no placeholder is "
            "resolved\n 6 | response: {status: 204, body: {schema: schema.json}}\n"
            "   |                                        ^^^^^^^^^^^\n"
            "      hold that place of the answer under json:, where it is\n");
}

TEST_F(LoadCasesRejects, AFileThatIsNotThere) {
  EXPECT_EQ(
      Told("absent.yaml"),
      "absent.yaml: error: no such file or folder\n      name case files, or folders of them\n");
}

TEST_F(LoadCasesRejects, FiftyMegabytes) {
  Write("large.yaml", std::string(std::size_t{50} * 1024 * 1024, 'a'));
  EXPECT_EQ(Told("large.yaml"),
            "large.yaml: error: is 52428800 bytes; files over 4 MiB are not read\n");
}

TEST_F(LoadCasesRejects, AFileBesideItThatIsTooLarge) {
  Write("large.json", std::string(std::size_t{5} * 1024 * 1024, ' '));
  Write("case.yaml",
        "title: A\noperation: a.b\nclauses: [a.b]\nidentity: none\n"
        "request: {method: POST, path: /a, body: {file: large.json}}\nresponse: {status: 200}\n");
  EXPECT_EQ(Told("case.yaml"),
            "case.yaml:5:48: error: 'large.json': is 5242880 bytes; files over 4 MiB are not read\n"
            " 5 | request: {method: POST, path: /a, body: {file: large.json}}\n"
            "   |                                                ^^^^^^^^^^\n");
}

TEST_F(LoadCasesRejects, BytesThatAreNoText) {
  Write("bytes.yaml", "title: \xff\xfe\n");
  EXPECT_EQ(Told("bytes.yaml"),
            "bytes.yaml: error: is not UTF-8 text: byte 8 on line 1; save it as UTF-8\n");
}

TEST_F(LoadCasesRejects, TenThousandBrackets) {
  Write("deep.yaml", "title: " + std::string(10'000, '['));
  EXPECT_NE(Told("deep.yaml").find("deep.yaml:1:"), std::string::npos);
}

TEST_F(LoadCasesRejects, TenThousandNestedMappings) {
  std::string text;
  for (int i = 0; i < 10'000; ++i) text += "{a: ";
  Write("deep.yaml", text);
  EXPECT_NE(Told("deep.yaml").find("deep.yaml:1:"), std::string::npos);
}

TEST_F(LoadCasesRejects, ANameThatNoTestCanHave) {
  Write("Not-A-Name.yaml", "[]");
  EXPECT_EQ(Told("Not-A-Name.yaml"),
            "Not-A-Name.yaml: error: 'Not-A-Name' cannot name a case\n"
            "      rename the file: use lower-case letters, digits and underscores\n"
            "Not-A-Name.yaml:1:1: error: a case must be a mapping, not a list\n"
            " 1 | []\n   | ^\n      write it as `key: value`\n");
}

class LoadCasesReads : public LoadCasesRejects {};

TEST_F(LoadCasesReads, EachCaseOfAFolderOnceInOrder) {
  std::filesystem::create_directories("work/cases/things/more");
  for (const char* file : {"cases/things/b.yaml", "cases/things/more/a.yaml", "cases/things/a.yaml",
                           "cases/deviations.yaml", "elsewhere.yaml"}) {
    Write(std::string("work/") + file,
          "title: A case\noperation: things.get\nclauses: []\nidentity: none\n"
          "request: {method: GET, path: /a, body: none}\nresponse: {observe: [status]}\n");
  }
  Diagnostics diagnostics;
  std::string ids;
  for (const Case& each :
       LoadCases({"work/elsewhere.yaml", "work/cases/things/b.yaml", "work/cases"}, diagnostics)) {
    ids += each.id + " ";
  }
  EXPECT_EQ(diagnostics.RenderAll(), "");
  EXPECT_EQ(ids, "things/a things/b things/more/a work/elsewhere ");
}

/// Case a names a schema and content, which are none; c is a case though b sends it, d is none.
TEST_F(LoadCasesReads, NoFileThatACaseNames) {
  std::filesystem::create_directories("cases");
  const std::string begin = "title: A case\noperation: things.get\nclauses: []\nidentity: none\n";
  Write("cases/a.yaml", begin +
                            "request: {method: POST, path: /a, body: {file: content.yaml}}\n"
                            "response: {status: 200, body: {schema: schema.yaml}}\n");
  Write("cases/b.yaml", begin +
                            "request: {method: POST, path: /a, body: {file: c.yaml}}\n"
                            "response: {observe: [status]}\n");
  Write("cases/c.yaml", begin +
                            "request: {method: GET, path: /a, body: none}\n"
                            "response: {observe: [status]}\n");
  Write("cases/d.yaml", "- a\n");
  Write("cases/content.yaml", "\xff");
  Write("cases/schema.yaml", "required: [id]\n");
  Diagnostics diagnostics;
  std::string ids;
  for (const Case& each : LoadCases({"cases"}, diagnostics)) ids += each.id + " ";
  EXPECT_EQ(diagnostics.RenderAll(),
            "cases/d.yaml:1:1: error: a case must be a mapping, not a list\n 1 | - a\n   | ^\n"
            "      write it as `key: value`\n");
  EXPECT_EQ(ids, "a b c ");
}

TEST_F(LoadCasesRejects, EachOfManyFilesAtItsPlace) {
  std::filesystem::create_directories("cases");
  for (int i = 0; i < 100; ++i) Write(fmt::format("cases/c{:03}.yaml", i), "[]");
  const std::string told = Told("cases");
  std::size_t last = 0;
  for (int i = 0; i < 100; ++i) {
    const std::size_t at = told.find(fmt::format("cases/c{:03}.yaml:1:1: error", i), last);
    ASSERT_NE(at, std::string::npos) << i;
    last = at;
  }
}

}  // namespace
}  // namespace conform
