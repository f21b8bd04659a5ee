#include "case/row_file.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "case/csv_reader.h"

namespace conform {
namespace {

struct Csv {
  std::string name;
  std::string text;
  std::string told;  // each record as `LINE:cell|cell`, or the error
};

class ReadCsv : public testing::TestWithParam<Csv> {};

TEST_P(ReadCsv, ByRfc4180) {
  std::istringstream input(GetParam().text);
  CsvReader reader(input);
  std::vector<std::string> cells;
  std::string told;
  while (true) {
    const auto read = reader.Next(cells);
    if (!read) told += std::to_string(reader.line()) + ":" + read.error().message + "\n";
    if (!read || !*read) break;
    told += std::to_string(reader.line()) + ":";
    for (std::size_t i = 0; i < cells.size(); ++i) told += (i == 0 ? "" : "|") + cells[i];
    told += "\n";
  }
  EXPECT_EQ(told, GetParam().told);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, ReadCsv,
    testing::Values(Csv{"Nothing", "", ""}, Csv{"LfEndsALine", "a,b\nc,d\n", "1:a|b\n2:c|d\n"},
                    Csv{"CrlfEndsALine", "a,b\r\nc,d\r\n", "1:a|b\n2:c|d\n"},
                    Csv{"TheLastLineNeedsNoEnd", "a,b\nc,d", "1:a|b\n2:c|d\n"},
                    Csv{"CellsMayBeEmpty", "a,,\n", "1:a||\n"},
                    Csv{"QuotesHoldCommasQuotesAndLines", "\"a,\"\"b\"\"\nc\",d\ne,f\n",
                        "1:a,\"b\"\nc|d\n3:e|f\n"},
                    Csv{"AnUnclosedQuote", "a\n\"b\n", "1:a\n2:a quote is not closed\n"},
                    Csv{"AQuoteInside", "a\"b\n",
                        "1:a quote stands inside a cell without quotes\n"},
                    Csv{"TextBehindAQuote", "\"a\"b\n", "1:text stands behind a closing quote\n"}),
    [](const auto& param) { return param.param.name; });

struct RowFile {
  std::string name;
  std::string file;
  std::string text;
  std::string told;  // each row as `LINE:name {values}`, then the diagnostics
};

class LoadRowFiles : public testing::TestWithParam<RowFile> {};

TEST_P(LoadRowFiles, TellsRowsAndMistakes) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(testing::TempDir()) / ("row_file_" + GetParam().name);
  fs::create_directories(folder);
  std::ofstream(folder / GetParam().file, std::ios::binary) << GetParam().text;
  const fs::path before = fs::current_path();
  fs::current_path(folder);
  Case loaded;
  Diagnostics diagnostics;
  LoadRowFile(GetParam().file, "id", loaded, diagnostics);
  fs::current_path(before);
  fs::remove_all(folder);
  std::string told;
  for (const Row& row : loaded.rows) {
    told += std::to_string(row.span.line) + ":" + row.name + " " +
            nlohmann::json(row.values).dump() + "\n";
  }
  EXPECT_EQ(told + diagnostics.RenderAll(), GetParam().told);
  EXPECT_EQ(loaded.rows_path, GetParam().file);
}

INSTANTIATE_TEST_SUITE_P(
    Files, LoadRowFiles,
    testing::Values(
        RowFile{"Csv", "rows.csv", "id,n\na,1\n\"b\",\"x\ny\"\nc,3\n",
                "2:a [\"a\",\"1\"]\n3:b [\"b\",\"x\\ny\"]\n5:c [\"c\",\"3\"]\n"},
        RowFile{"CsvWithAByteOrderMark", "rows.csv", "\xEF\xBB\xBFid\na\n", "2:a [\"a\"]\n"},
        RowFile{"CsvWithoutTheNameColumn", "rows.csv", "ids,n\na,1\n",
                "rows.csv:1: error: there is no column 'id' to name the rows, but 'ids', 'n'\n"
                "      did you mean 'ids'?\n"},
        RowFile{"CsvOfSemicolons", "rows.csv", "id;n\na;1\n",
                "rows.csv:1: error: there is no column 'id' to name the rows, but 'id;n'\n"
                "      write commas between the cells\n"},
        RowFile{"CsvOfAnEmptyLine", "rows.csv", "id,n\na,1\n\nb,2\n",
                "2:a [\"a\",\"1\"]\n4:b [\"b\",\"2\"]\nrows.csv:3: error: the line is empty\n"
                "      take it out\n"},
        RowFile{"CsvOfTwoColumnsOfOneName", "rows.csv", "id,n,n\na,1,2\n",
                "rows.csv:1: error: two columns are named 'n'\n      give one another name\n"},
        RowFile{"CsvOfUnevenRows", "rows.csv", "id,n\na\nb,2\n",
                "3:b [\"b\",\"2\"]\nrows.csv:2: error: the row has 1 cells, not 2\n"},
        RowFile{"CsvOfBadNames", "rows.csv", "id\nA-b\nc\nc\n",
                "2:A-b [\"A-b\"]\n3:c [\"c\"]\n4:c [\"c\"]\n"
                "rows.csv:2: error: 'A-b' cannot name a row\n"
                "      use lower-case letters, digits and underscores\n"
                "rows.csv:4: error: two rows are named 'c'\n"},
        RowFile{"CsvThatIsEmpty", "rows.csv", "",
                "rows.csv:1: error: the file is empty\n"
                "      begin with the columns' names\n"},
        RowFile{"CsvThatIsNoText", "rows.csv", "id\na\n\xff\xfe\n",
                "2:a [\"a\"]\nrows.csv:3: error: is not UTF-8 text\n      save it as UTF-8\n"},
        RowFile{"JsonThatIsDeep", "rows.json",
                "[\n{\"id\":\"a\",\"n\":" + std::string(200'000, '[') + std::string(200'000, ']') +
                    "},\n{\"id\":\"b\",\"n\":1}]",
                "rows.json:2: error: the row has more than 100 levels\n"},
        RowFile{
            "JsonWithAMemberTwice", "rows.json",
            "[{\"id\":\"a\",\"p\":\"x\",\n\"p\":\"y\"},\n{\"id\":\"b\",\"p\":{\"q\":1,\"q\":2}}]",
            "1:a [\"a\",\"y\"]\n3:b [\"b\",{\"q\":2}]\n"
            "rows.json:2: error: 'p' stands twice in one object\n"
            "      give one another name\n"
            "rows.json:3: error: 'q' stands twice in one object\n"
            "      give one another name\n"},
        RowFile{"JsonKeepsTypes", "rows.json",
                "[\n  {\"id\": \"a\", \"n\": 1},\n  {\"n\": {\"b\": [2]}, \"id\": 7}\n]\n",
                "2:a [\"a\",1]\n3:7 [7,{\"b\":[2]}]\n"},
        RowFile{"JsonWithAMemberMissing", "rows.json", "[{\"id\":\"a\",\"n\":1},\n{\"id\":\"b\"}]",
                "1:a [\"a\",1]\nrows.json:2: error: the row has no 'n'\n"
                "      every row has the same members\n"},
        RowFile{"JsonWithNumbersThatAreNotHeld", "rows.json",
                "[{\"id\":\"a\",\"n\":{\"m\":[-12345678901234567890123\n]}},\n"
                "{\"id\":\"b\",\"n\":\"99999999999999999999\"},\n"
                "{\"id\":\"c\",\"n\":[18446744073709551615,1e30,0.1]}]",
                "1:a [\"a\",{\"m\":[-1.2345678901234568e+22]}]\n"
                "3:b [\"b\",\"99999999999999999999\"]\n"
                "4:c [\"c\",[18446744073709551615,1e+30,0.1]]\n"
                "rows.json:1: error: -12345678901234567890123 is no number that conform can hold\n"
                "      in quotes it is a text; content with such a number is sent by raw: or "
                "text:\n"},
        RowFile{"JsonWithANumberBeyondAll", "rows.json", "[\n{\"id\":\"a\",\n\"n\":1e999\n}]",
                "rows.json:3: error: 1e999 is no number that conform can hold\n"
                "      in quotes it is a text; content with such a number is sent by raw: or "
                "text:\n"},
        RowFile{"JsonOfNumbers", "rows.json", "[\n1, 2]",
                "rows.json:2: error: a row must be an object\n"},
        RowFile{"JsonThatIsNoList", "rows.json", "{\"id\": \"a\"}",
                ""
                "rows.json:1: error: the file must be a list of objects\n"},
        RowFile{"JsonThatBreaks", "rows.json", "[{\"id\":\"a\"},\n{\"id\"",
                "1:a [\"a\"]\nrows.json:2: error: the file is no JSON from here on\n"}),
    [](const auto& param) { return param.param.name; });

TEST(LoadRowFile, KeepsAHundredThousandRowsSmall) {
  const auto file = std::filesystem::path(testing::TempDir()) / "many_rows.csv";
  {
    std::ofstream out(file);
    out << "id,status\n";
    for (int i = 0; i < 100'000; ++i) out << "row_" << i << ",204\n";
  }
  Case loaded;
  Diagnostics diagnostics;
  LoadRowFile(file, "id", loaded, diagnostics);
  std::filesystem::remove(file);
  EXPECT_EQ(diagnostics.RenderAll(), "");
  ASSERT_EQ(loaded.rows.size(), 100'000u);
  EXPECT_EQ(loaded.rows.back().span.line, 100'001);
  EXPECT_LE(sizeof(Row), 72u);
}

}  // namespace
}  // namespace conform
