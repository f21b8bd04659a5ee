// Texts that patterns match.
#include "contract/pattern_sample.h"

#include <gtest/gtest.h>
#include <re2/re2.h>

#include "testing/steady_random.h"

namespace conform {
namespace {

struct PatternSample {
  const char* pattern;
  std::size_t repeats;
  const char* text;
};

TEST(SampleOfPattern, IsAMatchOfIt) {
  constexpr PatternSample kRows[] = {
      {"^[A-Z]{3}$", 1, "AAA"},
      {"^[a-z0-9-]+$", 1, "a"},
      {"^[a-z0-9-]+$", 5, "aaaaa"},
      {"^[0-9]{2,4}$", 1, "11"},
      {"^[0-9]{2,4}$", 9, "1111"},
      {"^[0-9]{2,}x?$", 3, "111x"},
      {"^a*?b$", 0, "b"},
      {R"(^\d+(\.\d{2})?$)", 1, "1.11"},
      {R"(^\+(?:49|43) \S+@\w\W$)", 1, "+49 a@a "},
      {"^(cat|dog)s|bird$", 1, "cats"},
      {R"(^[^a-z\s]$)", 1, "A"},
      {R"(^[]\-\d]$)", 1, "1"},
      {R"(\[x\]\t/)", 1, "[x]\t/"},
      {"^[.]$", 1, "."},
      {"^ä+$", 2, "ää"},
      {"", 1, ""},
  };
  for (const PatternSample& row : kRows) {
    EXPECT_EQ(SampleOfPattern(row.pattern, row.repeats), row.text) << row.pattern;
    EXPECT_TRUE(RE2::PartialMatch(row.text, row.pattern)) << row.pattern;
  }
}

TEST(SampleOfPattern, IsNoneOfWhatIsNotKnown) {
  for (const char* pattern :
       {"(", ")", "[", "[a", "a{", "a{2", "a{3,2}", "\\", "(?i)a", "(?=a)", R"(\pL)", R"(\x41)",
        "[[:alpha:]]", "[ä]", "((a{1000}){1000}){1000}"}) {
    const bool literal = std::string_view(pattern) == "a{";
    EXPECT_EQ(SampleOfPattern(pattern, 1).has_value(), literal) << pattern;
  }
  EXPECT_EQ(SampleOfPattern(std::string(100'000, '('), 1), std::nullopt);
  EXPECT_EQ(SampleOfPattern("aa+", 1'000'000), std::nullopt);
}

TEST(SampleOfPattern, EndsWhateverStandsInThePattern) {
  constexpr std::string_view kCharacters = "ab()[]{}|?*+^$\\.,-12dws:";
  SteadyRandom random;
  for (int round = 0; round < 20'000; ++round) {
    std::string pattern;
    for (std::size_t length = random.Below(20); length > 0; --length)
      pattern += kCharacters[random.Below(kCharacters.size())];
    const auto text = SampleOfPattern(pattern, 2);
    ASSERT_TRUE(!text || text->size() <= 10'000U) << pattern;
  }
}

}  // namespace
}  // namespace conform
