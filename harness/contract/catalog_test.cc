#include "contract/catalog.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

TEST(LoadCatalog, TheProjectsOwnSpecsAreWhole) {
  Diagnostics diagnostics;
  const Catalog catalog = LoadCatalog(CONFORM_SOURCE "/specs", diagnostics);
  EXPECT_EQ(diagnostics.RenderAll(), "");
}

}  // namespace
}  // namespace conform
