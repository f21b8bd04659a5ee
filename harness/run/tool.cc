#include <fmt/format.h>

#include "run/build.h"
#include "run/version.h"

namespace conform {

ToolRecord ThisTool() {
  return {std::string(kVersion), std::string(BuildCommit()),
          fmt::format("{} {}, {}", kCompiler, kCompilerVersion, kBuildType)};
}

std::string_view BuildLibraries() { return kLibraries; }

std::string DescribeTool(const ToolRecord& tool) {
  return fmt::format("conform {} ({}{})", tool.version,
                     tool.commit.empty() ? "" : tool.commit + ", ", tool.build);
}

}  // namespace conform
