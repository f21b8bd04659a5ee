#include "base/timestamp.h"

#include <gtest/gtest.h>

#include <utility>

#include "base/date.h"

namespace conform {
namespace {

TEST(ParseTimestamp, ReadsRfc3339AsToolsWriteIt) {
  const std::pair<const char*, const char*> rows[] = {
      {"2026-11-24T22:54:03Z", "2026-11-24T22:54:03.000Z"},
      {"2026-11-24T22:54:03.1Z", "2026-11-24T22:54:03.100Z"},
      {"2026-11-24T22:54:03.123456+00:00", "2026-11-24T22:54:03.123Z"},
      {"2026-11-25T00:54:03.120+02:00", "2026-11-24T22:54:03.120Z"},
      {"2026-11-24T15:24:03.120-0730", "2026-11-24T22:54:03.120Z"}};
  for (const auto& [text, time] : rows) {
    const auto read = ParseTimestamp(text);
    ASSERT_TRUE(read) << text;
    EXPECT_EQ(FormatTimestamp(*read), time);
  }
  for (const char* text :
       {"", "now", "2026-11-24", "2026-13-24T22:54:03Z", "2026-11-24T22:54:03",
        "2026-11-24T25:54:03Z", "2026-11-24T22:54:03+1", "2026-11-24 22:54:03Z",
        "2026-11-24T22:54:03.Q", "1677-12-31T23:59:59Z", "2262-01-01T00:00:00Z",
        "2262-01-01T05:00:00+01:00", "1678-01-01T00:00:00+00:01", "2026-11-24T22:54:03+aa:bb"}) {
    EXPECT_FALSE(ParseTimestamp(text)) << text;
  }
}
}  // namespace
}  // namespace conform
