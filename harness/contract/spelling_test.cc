#include "contract/spelling.h"

#include <gtest/gtest.h>

#include <ostream>

namespace conform {
namespace {

struct SpellingRow {
  std::string name;
  bool (*holds)(std::string_view);
  std::vector<std::string> good;
  std::vector<std::string> bad;
};

void PrintTo(const SpellingRow& row, std::ostream* out) { *out << row.name; }

class Spellings : public testing::TestWithParam<SpellingRow> {};

TEST_P(Spellings, HoldForTheGoodAndNotForTheBad) {
  for (const std::string& text : GetParam().good) EXPECT_TRUE(GetParam().holds(text)) << text;
  for (const std::string& text : GetParam().bad) EXPECT_FALSE(GetParam().holds(text)) << text;
}

INSTANTIATE_TEST_SUITE_P(
    All, Spellings,
    testing::Values(
        SpellingRow{"Token", IsToken, {"POST", "X-a_b.c", "!#"}, {"", "PO ST", "a/b", "a:b", "é"}},
        SpellingRow{"ClauseId",
                    IsClauseId,
                    {"a", "sync.response.204", "a_b.c_d"},
                    {"", ".", "a.", ".a", "a..b", "A.b", "a-b", "a b", "é"}},
        SpellingRow{
            "SetName", IsSetName, {"http", "in_progress", "v2"}, {"", "Http", "a.b", "a-b"}},
        SpellingRow{"OperationName",
                    IsOperationName,
                    {"a", "deviceManagement.windowsAutopilotSettings.sync"},
                    {"", "a.", "a..b", "a/b", "a-b"}},
        SpellingRow{"Scope",
                    IsScope,
                    {"Device.Read.All", "loans:read", "https://a/b"},
                    {"", "a b", "a\"", "\\", "é"}},
        SpellingRow{"Month",
                    IsMonth,
                    {"2019-01", "2024-12"},
                    {"", "2019-00", "2019-13", "2019-1", "2019-01-01"}},
        SpellingRow{
            "Day", IsDay, {"2019-01-12", "2024-02-29"}, {"", "2019-01", "2019-02-29", "2019-1-12"}},
        SpellingRow{
            "Fingerprint",
            IsFingerprint,
            {"0123456789abcdef"},
            {"", "0123456789abcde", "0123456789abcdef0", "0123456789ABCDEF", "0123456789abcdeg"}},
        SpellingRow{
            "MediaType",
            IsMediaType,
            {"application/json", "application/vnd.api+json"},
            {"", "json", "/json", "application/", "application/json; charset=utf-8", "a/b/c"}},
        SpellingRow{
            "LineOfText", IsLineOfText, {"a", " a ", "尺寸"}, {"", "   ", "a\nb", "a\tb", "a\x7f"}},
        SpellingRow{"ServerAddress",
                    IsServerAddress,
                    {"https://graph.microsoft.com/beta", "https://graph.microsoft.com",
                     "https://a.example:8443/v2/x", "http://127.0.0.1:8080/beta",
                     "https://a.example/..v/v1.2", "http://localhost/v1", "http://[::1]:80",
                     "https://[::1]/v1"},
                    {"",
                     "graph.microsoft.com/beta",
                     "http://graph.microsoft.com/beta",
                     "http://localhost.example.com/v1",
                     "http://127.0.0.1.example.com/v1",
                     "http://127.example/v1",
                     "http://127.0.0.1./v1",
                     "http://127.1/v1",
                     "http://127.0.0.1.1/v1",
                     "https://",
                     "https:///beta",
                     "https://a.example/",
                     "https://a.example/v1/",
                     "https://a.example//v1",
                     "https://a.example/../v1",
                     "https://a.example/v1/./x",
                     "https://a.example/v1/..",
                     "https://a.example/v1?x=1",
                     "https://a.example/v1#x",
                     "https://u@a.example/v1",
                     "https://a.example:0/v1",
                     "https://a.example:65536/v1",
                     "https://a.example:/v1",
                     "https://a.example:8x/v1",
                     "https://a b/v1",
                     "ftp://a.example/v1"}}),
    [](const auto& param) { return param.param.name; });

}  // namespace
}  // namespace conform
