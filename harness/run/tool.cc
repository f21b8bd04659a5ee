#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "run/build.h"
#include "run/version.h"

namespace conform {

ToolRecord ThisTool() {
  return {std::string(kVersion), std::string(BuildCommit()),
          fmt::format("{} {}, {}", kCompiler, kCompilerVersion, kBuildType)};
}

std::string DescribeTool(const ToolRecord& tool) {
  return fmt::format("conform {} ({}{})", tool.version,
                     tool.commit.empty() ? "" : tool.commit + ", ", tool.build);
}

std::string DescribeBuild() {
  std::string text = DescribeTool(ThisTool()) + "\nbuilt with";
  std::string_view rest = kLibraries;  // commas between
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(", "), rest.size());
    text += fmt::format("\n  {}", rest.substr(0, end));
    rest.remove_prefix(std::min(end + 2, rest.size()));
  }
  return text;
}

}  // namespace conform
