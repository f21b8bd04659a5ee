#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "contract/contract_loader.h"
#include "contract/protocol_loader.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

std::string ReadFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

/// The stems of harness/testdata/broken/contract/*.yaml.
std::vector<std::string> BrokenNames() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(CONFORM_TESTDATA "/broken/contract")) {
    if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

class LoadContractRejects : public testing::TestWithParam<std::string> {};

/// Each file has its messages beside it, whole, in NAME.err. CONFORM_UPDATE_GOLDENS=1 writes them
/// anew; read what it wrote.
TEST_P(LoadContractRejects, AndTellsEveryMistakeAtItsPlace) {
  const fs::path folder = CONFORM_TESTDATA "/broken/contract";
  const std::string name = GetParam() + ".yaml";
  const auto source = std::make_shared<SourceText>(name, ReadFile(folder / name));
  Diagnostics diagnostics;
  const bool is_protocol = name.rfind("protocol_", 0) == 0;
  const bool loaded = is_protocol ? LoadProtocolSet(source, diagnostics).has_value()
                                  : LoadContract(source, diagnostics).has_value();
  EXPECT_FALSE(loaded);
  EXPECT_TRUE(diagnostics.HasErrors());
  const fs::path golden = folder / (GetParam() + ".err");
  if (std::getenv("CONFORM_UPDATE_GOLDENS") != nullptr) {
    std::ofstream(golden, std::ios::binary) << diagnostics.RenderAll();
  }
  EXPECT_EQ(diagnostics.RenderAll(), ReadFile(golden));
}

INSTANTIATE_TEST_SUITE_P(BrokenFiles, LoadContractRejects, testing::ValuesIn(BrokenNames()),
                         [](const auto& param) { return param.param; });

TEST(BrokenFiles, AreAtLeastFifty) { EXPECT_GE(BrokenNames().size(), 50U); }

}  // namespace
}  // namespace conform
