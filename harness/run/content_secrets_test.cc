#include "run/content_secrets.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

namespace conform {
namespace {

struct LearntRow {
  const char* name;
  const char* type;  // null: the field is absent
  const char* content;
  std::vector<std::string> secrets;
  std::vector<std::string> others;
};

void PrintTo(const LearntRow& row, std::ostream* out) { *out << row.name; }

class LearnContentTest : public testing::TestWithParam<LearntRow> {};

TEST_P(LearnContentTest, KnowsWhatStandsUnderATellingName) {
  const LearntRow& row = GetParam();
  Redactor redactor("key");
  const Fields fields = row.type == nullptr ? Fields{} : Fields{{"Content-Type", row.type}};
  LearnContent(fields, row.content, redactor);
  for (const std::string& secret : row.secrets) EXPECT_TRUE(redactor.Holds(secret)) << secret;
  for (const std::string& other : row.others) EXPECT_FALSE(redactor.Holds(other)) << other;
}

const LearntRow kLearntRows[] = {
    {"AMember",
     "application/json",
     R"({"access_token": "top-secret-1", "id": "well-known-1"})",
     {"top-secret-1"},
     {"well-known-1"}},
    {"AllOfAList",
     "application/json",
     R"([{"tokens": ["first-secret", {"of": "second-secret"}], "ids": ["well-known-1"],
          "token_methods_supported": ["well-known-1"],
          "sessions": [{"title": "well-known-1", "room": "well-known-1"}]}])",
     {"first-secret", "second-secret"},
     {"well-known-1"}},
    {"AnObject",
     "application/json",
     R"({"password": {"value": "object-secret", "length": 12, "secret": "pass-7"}})",
     {"object-secret", "pass-7"},
     {"12", "length"}},
    {"ANumber",
     "application/json",
     R"({"api_token": 987654321012, "token_count": 12, "id": 123456789012})",
     {"987654321012"},
     {"12", "123456789012"}},
    {"NoWholeJson",
     "application/json",
     R"({"access_token" : "comma-\u0073ecret","password":987654321012, "id": "well-known-1",})",
     {"comma-secret", "987654321012"},
     {"well-known-1"}},
    {"JsonLines",
     "application/jsonl",
     "{\"token\": \"first-secret\"}\n{\"tokens\": [\"second-secret\"]}\n",
     {"first-secret", "second-secret"},
     {}},
    {"CutJson", "application/json", R"({"list": [{"refresh_token": "cut-secre)", {"cut-secre"}, {}},
    {"AFormInAnyCase",
     "Application/X-WWW-Form-URLencoded",
     "client_secret=form-secret&id=well-known-1",
     {"form-secret"},
     {"well-known-1"}},
    {"AFormOfWhichNobodySaysSo",
     nullptr,
     "client_secret=form-secret&id=well-known-1",
     {"form-secret"},
     {"well-known-1"}},
    {"NoFormWhereAnotherTypeIsTold", "text/plain", "token=well-known-1", {}, {"well-known-1"}},
    {"Parts",
     "multipart/form-data; boundary=b",
     "--b\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\npart-secret\r\n"
     "--b\r\ncontent-disposition: form-data; name=token; filename=\"a.txt\"\r\n"
     "Content-Type: text/plain\r\n\r\ntwo\r\nlines\r\n"
     "--b\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\nwell-known-1\r\n--b--\r\n",
     {"part-secret", "two\r\nlines"},
     {"well-known-1"}},
    {"PartsOfWhichNobodySaysSo",
     nullptr,
     "--b\nContent-Disposition: form-data; name=\"password\"\n\npart-secret\n--b--\n",
     {"part-secret"},
     {}},
    {"Elements",
     "application/xml",
     "<a><id>well-known-1</id><Password kind=\"x\"> element-secret </Password></a>",
     {"element-secret"},
     {"well-known-1"}},
};

INSTANTIATE_TEST_SUITE_P(Contents, LearnContentTest, testing::ValuesIn(kLearntRows),
                         [](const auto& each) { return std::string(each.param.name); });

TEST(LearnContent, GoesDownOnlySoFar) {
  constexpr std::size_t kDeep = 1'000'000;
  const std::string deep = std::string(kDeep, '[') + std::string(kDeep, ']');
  Redactor redactor("key");
  LearnContent({}, "{\"token\": \"first-secret\", \"a\": " + deep + "}\n" + deep, redactor);
  EXPECT_TRUE(redactor.Holds("first-secret"));
}

}  // namespace
}  // namespace conform
