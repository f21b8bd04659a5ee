// How much a JUnit file tells, from all to the least that still names every test and outcome.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace conform {

struct JunitDetail {
  enum class Keep { kAll, kNotOfPasses, kNone };

  std::string_view left_out;            ///< in words, for the file to say; empty: nothing.
  Keep properties = Keep::kAll;         ///< of tests; those of suites always stand.
  Keep places = Keep::kAll;             ///< file, line and timestamp.
  std::size_t body_characters = 8'000;  ///< of one test; 0: none.
  std::size_t message_characters = 500;
};

inline constexpr std::array<JunitDetail, 4> kJunitDetails = {{
    {.left_out = ""},
    {.left_out = "properties of passes", .properties = JunitDetail::Keep::kNotOfPasses},
    {.left_out =
         "properties of tests; files, lines and times of day of passes; long bodies are cut",
     .properties = JunitDetail::Keep::kNone,
     .places = JunitDetail::Keep::kNotOfPasses,
     .body_characters = 1'000},
    {.left_out = "properties, files, lines, times of day and bodies of tests; messages are cut",
     .properties = JunitDetail::Keep::kNone,
     .places = JunitDetail::Keep::kNone,
     .body_characters = 0,
     .message_characters = 60},
}};

}  // namespace conform
