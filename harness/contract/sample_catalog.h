// The bundled contracts, for tests.
#pragma once

#include <gtest/gtest.h>

#include "contract/catalog.h"

namespace conform {

inline const Catalog& BundledCatalog() {
  static const Catalog catalog = [] {
    Diagnostics diagnostics;
    Catalog loaded = LoadCatalog(CONFORM_SOURCE "/specs", diagnostics);
    EXPECT_EQ(diagnostics.RenderAll(), "");
    return loaded;
  }();
  return catalog;
}

}  // namespace conform
