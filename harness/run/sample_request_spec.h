// The request of a case, for tests of what is made of it.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "case/case_loader.h"

namespace conform {

/// The case's only request; `request` stands below `request:`.
inline RequestSpec LoadRequest(const std::string& request) {
  Diagnostics diagnostics;
  const auto loaded =
      LoadCase(std::make_shared<SourceText>(
                   "case.yaml",
                   "title: A case\noperation: things.sync\nclauses: []\nidentity: none\n"
                   "request:\n" +
                       request + "response:\n  observe: [status]\n"),
               "case", diagnostics);
  EXPECT_EQ(diagnostics.RenderAll(), "");
  return loaded ? loaded->steps.front().request : RequestSpec();
}

}  // namespace conform
