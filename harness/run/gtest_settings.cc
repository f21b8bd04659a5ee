#include "run/gtest_settings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string_view>

#include "base/utf8.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

using Words = std::vector<std::string>;

constexpr std::string_view kFlagFile = "--gtest_flagfile=";
constexpr const char* kFlagFileVariable = "GTEST_FLAGFILE";

/// Empty where it is not set.
std::string ReadText(const char* name) {
  const char* const set = std::getenv(name);
  return set == nullptr ? "" : set;
}

/// Nothing where it is not set.
Expected<std::optional<int>> ReadNumber(const char* name) {
  const char* const set = std::getenv(name);
  if (set == nullptr) return std::nullopt;
  const std::string_view text(set);
  int value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) {
    return Fail(fmt::format("{} must be a whole number, not '{}'", name, ShowLine(text)));
  }
  return value;
}

/// Adds the lines of the file; GoogleTest would end the program where there is none.
Expected<void> AddLines(const std::string& path, Words& arguments) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with(kFlagFile)) {
      return Fail(
          fmt::format("the flag file {} names another: write its lines there", ShowLine(path)));
    }
    if (!line.empty()) arguments.push_back(line);
  }
  if (file.eof()) return {};
  return Fail(fmt::format("the flag file {} cannot be read", ShowLine(path)));
}

/// The arguments with those of the flag file behind them, which therefore count more.
Expected<Words> WithFlagFile(const Words& arguments) {
  Words all;
  std::string file = ReadText(kFlagFileVariable);
  ::unsetenv(kFlagFileVariable);  // else GoogleTest would read it, too
  for (const std::string& each : arguments) {
    if (each.starts_with(kFlagFile)) {
      file = each.substr(kFlagFile.size());
    } else {
      all.push_back(each);
    }
  }
  if (file.empty()) return all;
  const auto added = AddLines(file, all);
  if (!added) return tl::unexpected(added.error());
  return all;
}

/// Whether the file can be written; one that was not there is not left behind.
bool CanWrite(const fs::path& path) {
  std::error_code ignored;
  const bool existed = fs::exists(path, ignored);
  const bool opened = std::ofstream(path, std::ios::app).is_open();
  if (!existed && opened) fs::remove(path, ignored);
  return opened;
}

/// `xml:PATH` or `json:PATH`; GoogleTest makes its folders, and of a PATH that ends with a slash,
/// or is left out, it makes up the file's name.
Expected<void> CheckOutput(const std::string& output) {
  if (output.empty()) return {};
  const std::size_t colon = output.find(':');
  const std::string named = colon == std::string::npos ? "./" : output.substr(colon + 1);
  fs::path path = named;
  std::error_code failed;
  if (path.has_parent_path()) fs::create_directories(path.parent_path(), failed);
  if (!path.has_filename()) path /= "conform_is_to_write_here";
  if (CanWrite(path)) return {};
  return Fail(
      fmt::format("--gtest_output or GTEST_OUTPUT: nothing can be written to {}", ShowLine(named)));
}

/// A file that GoogleTest makes, and ends the program where it cannot.
Expected<void> CheckMade(const char* variable) {
  const std::string file = ReadText(variable);
  if (file.empty() || CanWrite(file)) return {};
  return Fail(fmt::format("{}: {} cannot be written", variable, ShowLine(file)));
}

/// Told before GoogleTest reads its flags: it would connect at once.
Expected<void> RefuseStream(const Words& arguments) {
  constexpr std::string_view kStream = "--gtest_stream_result_to=";
  std::string to = ReadText("GTEST_STREAM_RESULT_TO");
  for (const std::string& each : arguments) {
    if (each.starts_with(kStream)) to = each.substr(kStream.size());
  }
  if (to.empty()) return {};
  return Fail(
      "--gtest_stream_result_to and GTEST_STREAM_RESULT_TO are not taken: secrets would not be "
      "masked there; use a report (--report) or --notify");
}

Expected<void> CheckFlags() {
  if (GTEST_FLAG_GET(repeat) < 1) {
    return Fail("--gtest_repeat or GTEST_REPEAT: say how many times, 1 or more");
  }
  if (GTEST_FLAG_GET(throw_on_failure)) {
    return Fail(
        "--gtest_throw_on_failure and GTEST_THROW_ON_FAILURE are not taken: the first failure "
        "would "
        "end the program without reports; --fail-fast stops with them");
  }
  const auto output = CheckOutput(GTEST_FLAG_GET(output));
  return output ? CheckMade("TEST_PREMATURE_EXIT_FILE") : output;
}

}  // namespace

Expected<void> InitGtest(const Words& arguments) {
  auto all = WithFlagFile(arguments);
  if (!all) return tl::unexpected(all.error());
  auto refused = RefuseStream(*all);
  if (!refused) return refused;
  std::string program = "conform";
  std::vector<char*> given = {program.data()};
  for (std::string& argument : *all) given.push_back(argument.data());
  int count = static_cast<int>(given.size());
  given.push_back(nullptr);
  testing::InitGoogleTest(&count, given.data());
  if (count > 1) {
    return Fail(fmt::format("GoogleTest does not take: {}", ShowLine(given[1])));
  }
  return CheckFlags();
}

std::string SelectionFilter() { return GTEST_FLAG_GET(filter); }

int ShuffleSeed() {
  return GTEST_FLAG_GET(shuffle) ? testing::UnitTest::GetInstance()->random_seed() : 0;
}

bool Repeats() { return GTEST_FLAG_GET(repeat) != 1; }

bool EndsAtFailure() { return GTEST_FLAG_GET(break_on_failure); }

bool OnlyListed() { return GTEST_FLAG_GET(list_tests); }

/// GoogleTest would end the program with 1 where they are wrong, as if the API had failed.
Expected<Shard> CurrentShard() {
  constexpr const char* kCount = "GTEST_TOTAL_SHARDS";
  constexpr const char* kIndex = "GTEST_SHARD_INDEX";
  const auto count = ReadNumber(kCount);
  if (!count) return tl::unexpected(count.error());
  const auto index = ReadNumber(kIndex);
  if (!index) return tl::unexpected(index.error());
  const auto status_file = CheckMade("GTEST_SHARD_STATUS_FILE");
  if (!status_file) return tl::unexpected(status_file.error());
  if (!*count && !*index) return Shard{};
  if (!*count || !*index) {
    return Fail(fmt::format("{} is set and {} is not: set both, or neither",
                            *count ? kCount : kIndex, *count ? kIndex : kCount));
  }
  if (**count < 1) return Fail(fmt::format("{} must be 1 or more, not {}", kCount, **count));
  if (**index >= 0 && **index < **count) return Shard{**index, **count};
  return Fail(
      fmt::format("{} must be a number from 0 to {}, below {}", kIndex, **count - 1, kCount));
}

}  // namespace conform
