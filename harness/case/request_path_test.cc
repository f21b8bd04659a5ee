// What a placeholder makes of a request's path: a part of its segment, or nothing that is sent.
#include "case/request_path.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

struct PathRow {
  const char* path;
  const char* value;  ///< of ${capture.v}, as JSON.
  const char* told;
};

const PathRow kPaths[] = {
    {"/x/${capture.v}", R"("7f3a-b_c~d.e")", "/x/7f3a-b_c~d.e"},
    {"/x/${capture.v}/y", "4711", "/x/4711/y"},
    {"/x/${capture.v}", "true", "/x/true"},
    {"/x/${capture.v}", R"("a/b")", "/x/a%2Fb"},
    {"/x/${capture.v}", R"("a?b#c")", "/x/a%3Fb%23c"},
    {"/x/${capture.v}", R"("50%41")", "/x/50%2541"},
    {"/x/${capture.v}", R"("é x")", "/x/%C3%A9%20x"},
    {"/x/${capture.v}", R"("../y")", "/x/..%2Fy"},
    {"/x/f(a='${capture.v}',b=1)", R"("2026-01-01T00:00:00Z")",
     "/x/f(a='2026-01-01T00:00:00Z',b=1)"},
    {"/x/s%79nc/${capture.v}", R"("a")", "/x/s%79nc/a"},
    {"/x//${capture.v}/", R"("a")", "/x//a/"},
    {"/x/.${capture.v}", R"("json")", "/x/.json"},
    {"/x/${capture.v}", R"("")",
     "no: the path's '${capture.v}' becomes '', which asks for something else"},
    {"/x/${capture.v}/y", R"("..")",
     "no: the path's '${capture.v}' becomes '..', which asks for something else"},
    {"/x/.${capture.v}", R"(".")",
     "no: the path's '.${capture.v}' becomes '..', which asks for something else"},
    {"/x/%2e${capture.v}", R"("")",
     "no: the path's '%2e${capture.v}' becomes '%2e', which asks for something else"},
    {"/x/${capture.v}${capture.v}", R"("")",
     "no: the path's '${capture.v}${capture.v}' becomes '', which asks for something else"},
    {"/x/${capture.v}", "null", "no: '${capture.v}' is null here, which is no part of a path"},
    {"/x/${capture.v}", R"({"a":1})",
     "no: '${capture.v}' is an object here, which is no part of a path"},
    {"/x/${capture.v}", "[1,2]", "no: '${capture.v}' is a list here, which is no part of a path"},
    {"/x/${capture.w}", "1", "no: '${capture.w}' has no value here"},
    // Where a path begins with one, it brings a whole path.
    {"${capture.v}", R"("/x//y/../s%79nc?a=b")", "/x//y/../s%79nc?a=b"},
    {"${capture.v}", R"("https://a.example/x")", "https://a.example/x"},
    {"${capture.v}", R"("*")", "*"},
    {"${capture.v}/items", R"("/x")", "/x/items"},
    {"${capture.v}${capture.v}", R"("/")", "/%2F"},
    {"${capture.v}", R"("x")", "no: '${capture.v}' is 'x' here, which begins no path"},
    {"${capture.v}", R"("")", "no: '${capture.v}' is '' here, which begins no path"},
    {"/x", "1", "/x"},
};

TEST(ResolvePath, KeepsTheSegmentsThatTheCaseWrote) {
  for (const PathRow& row : kPaths) {
    const auto path = ResolvePath(row.path, [&](const Placeholder& placeholder) {
      return placeholder.name == "v" ? std::optional(nlohmann::json::parse(row.value))
                                     : std::nullopt;
    });
    EXPECT_EQ(path ? *path : "no: " + path.error().message, row.told) << row.path << row.value;
  }
}

}  // namespace
}  // namespace conform
