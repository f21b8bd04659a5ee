// What is said of a command line that cannot be read.
#include "run/sample_project.h"

namespace conform {
namespace {

struct MistypedRow {
  const char* name;
  std::vector<std::string> arguments;
  const char* told;
};
void PrintTo(const MistypedRow& row, std::ostream* out) { *out << row.name; }

class Mistyped : public testing::TestWithParam<MistypedRow> {};

TEST_P(Mistyped, IsRefusedWithWhatItProbablyMeant) {
  const SampleProject project;
  const ProgramResult result = project.Conform(GetParam().arguments);
  EXPECT_EQ(result.errors, GetParam().told);
  EXPECT_EQ(result.output, "");
  EXPECT_EQ(result.exit_code, 2);
}

INSTANTIATE_TEST_SUITE_P(
    , Mistyped,
    testing::Values(
        MistypedRow{"Command", {"rnu"}, "conform: no command 'rnu'; did you mean 'run'?\n"},
        MistypedRow{"CommandLikeNone",
                    {"xyzzy"},
                    "conform: no command 'xyzzy'; conform --help tells those there are\n"},
        MistypedRow{"Option",
                    {"run", "--reprot", "junit"},
                    "conform run: no option '--reprot'; did you mean '--report'?\n"},
        MistypedRow{"OptionWithValue",
                    {"run", "--profle=mock"},
                    "conform run: no option '--profle'; did you mean '--profile'?\n"},
        MistypedRow{"OptionLikeNone",
                    {"lint", "--xyzzy"},
                    "conform lint: no option '--xyzzy'; conform lint --help tells those there "
                    "are\n"},
        MistypedRow{"OptionBeforeItsCommand",
                    {"--profile", "lab", "run"},
                    "conform: '--profile' is an option of run: write it behind that\n"},
        MistypedRow{"OptionTwice",
                    {"run", "--out", "a", "--out", "b"},
                    "conform: --out is given more than once: give it once\n"},
        MistypedRow{"Flag",
                    {"run", "--gtest_fliter=*"},
                    "conform: GoogleTest has no flag '--gtest_fliter'; did you mean "
                    "'--gtest_filter'?\n"},
        MistypedRow{"FlagWithoutValue",
                    {"run", "--gtest_filter"},
                    "conform: '--gtest_filter' lacks its value; write --gtest_filter=VALUE\n"},
        MistypedRow{"FlagOfAnotherCommand",
                    {"list", "--gtest_filter=*"},
                    "conform list: takes no flags of GoogleTest, such as '--gtest_filter=*'; run "
                    "and watch do, and 'conform run --gtest_list_tests' lists the tests of a "
                    "filter\n"}),
    [](const auto& param) { return param.param.name; });

}  // namespace
}  // namespace conform
