#include <gtest/gtest.h>

#include "contract/contract_loader.h"
#include "contract/protocol_loader.h"
#include "testing/golden.h"

namespace conform {
namespace {

const std::filesystem::path kFolder = CONFORM_TESTDATA "/broken/contract";

class LoadContractRejects : public testing::TestWithParam<std::string> {};

/// Each file has its messages beside it, whole, in NAME.err. CONFORM_UPDATE_GOLDENS=1 writes them
/// anew; read what it wrote.
TEST_P(LoadContractRejects, AndTellsEveryMistakeAtItsPlace) {
  const std::string name = GetParam() + ".yaml";
  const auto source = std::make_shared<SourceText>(name, ReadTestFile(kFolder / name));
  Diagnostics diagnostics;
  const bool is_protocol = name.rfind("protocol_", 0) == 0;
  const bool loaded = is_protocol ? LoadProtocolSet(source, diagnostics).has_value()
                                  : LoadContract(source, diagnostics).has_value();
  EXPECT_FALSE(loaded);
  EXPECT_TRUE(diagnostics.HasErrors());
  const std::string told = diagnostics.RenderAll();
  EXPECT_EQ(told, Golden(kFolder / (GetParam() + ".err"), told));
}

INSTANTIATE_TEST_SUITE_P(BrokenFiles, LoadContractRejects, testing::ValuesIn(YamlStems(kFolder)),
                         [](const auto& param) { return param.param; });

TEST(BrokenFiles, AreAtLeastFifty) { EXPECT_GE(YamlStems(kFolder).size(), 50U); }

}  // namespace
}  // namespace conform
