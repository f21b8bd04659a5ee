#include "page/permission_list.h"

#include <fmt/ranges.h>
#include <gtest/gtest.h>

namespace conform {
namespace {

struct ListRow {
  const char* name;
  const char* text;
  const char* told;
};

class ReadPermissionListTest : public testing::TestWithParam<ListRow> {};

TEST_P(ReadPermissionListTest, TellsWhatSufficesAlone) {
  const PermissionList list = ReadPermissionList(GetParam().text);
  EXPECT_EQ(fmt::format("{}{}", fmt::join(list.permissions, " | "), list.unsure ? " ?" : ""),
            GetParam().told);
}

INSTANTIATE_TEST_SUITE_P(
    Table, ReadPermissionListTest,
    testing::Values(
        ListRow{"None", "Not supported.", ""}, ListRow{"One", "Loan.Read", "Loan.Read"},
        ListRow{"Several", "Loan.Read, Loan.Write, Loan.Read", "Loan.Read | Loan.Write"},
        ListRow{"Links", "[Loan.Read](../permissions.md#loanread) or `Loan.Write`",
                "Loan.Read | Loan.Write"},
        ListRow{"And", "Loan.Read and Shelf.Read", "Loan.Read Shelf.Read"},
        ListRow{"Plus", "**Loan.Read + Shelf.Read**", "Loan.Read Shelf.Read"},
        ListRow{"Both", "Both Loan.Read and Shelf.Read, Loan.Write",
                "Loan.Read Shelf.Read | Loan.Write"},
        ListRow{"AndBetween", "Loan.Read and Shelf.Read, Loan.Write and Shelf.Read",
                "Loan.Read Shelf.Read | Loan.Write Shelf.Read"},
        ListRow{"AListsLastAnd", "Loan.Read, Loan.Write, and Shelf.Read",
                "Loan.Read | Loan.Write | Shelf.Read"},
        ListRow{"Unsure", "Loan.Read, Loan.Write and Shelf.Read",
                "Loan.Read Loan.Write Shelf.Read ?"},
        ListRow{"SpacesInNames", "Policy. Read. All, Policy. ReadWrite. OfLoans e Loan. Read. All",
                "Policy.Read.All Policy.ReadWrite.OfLoans Loan.Read.All ?"},
        ListRow{"German", "Loan.Read und Shelf.Read", "Loan.Read Shelf.Read"},
        ListRow{"Spanish", "Loan.Read y Shelf.Read", "Loan.Read Shelf.Read"},
        ListRow{"Portuguese", "Loan.Read e Shelf.Read", "Loan.Read Shelf.Read"},
        ListRow{"Russian", "Loan.Read и Shelf.Read", "Loan.Read Shelf.Read"},
        ListRow{"Chinese", "Loan.Read 和 Shelf.Read、Loan.Write",
                "Loan.Read Shelf.Read | Loan.Write"},
        ListRow{"Japanese", "Loan.Read と Shelf.Read", "Loan.Read Shelf.Read"},
        ListRow{"Korean", "Loan.Read 및 Shelf.Read", "Loan.Read Shelf.Read"}),
    [](const testing::TestParamInfo<ListRow>& row) { return row.param.name; });

}  // namespace
}  // namespace conform
