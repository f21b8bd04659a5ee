#include "record/json_reader.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdint>
#include <optional>

#include "base/date.h"
#include "base/json_pointer.h"
#include "base/timestamp.h"

namespace conform {
namespace {

using std::chrono::microseconds;

// What may be added to another of its kind, and still is one.
constexpr std::uint64_t kLargest = 1'000'000'000;
constexpr std::chrono::hours kLongest{24 * 366 * 10};
constexpr std::chrono::system_clock::time_point kLatest =
    std::chrono::sys_days(std::chrono::year(2200) / 1 / 1);

}  // namespace

bool JsonReader::Read(const nlohmann::json& value, std::string& into) {
  const auto* text = value.get_ptr<const nlohmann::json::string_t*>();
  if (text == nullptr) return Fail("must be a text");
  into = *text;
  return true;
}

bool JsonReader::Read(const nlohmann::json& value, bool& into) {
  const auto* word = value.get_ptr<const nlohmann::json::boolean_t*>();
  if (word == nullptr) return Fail("must be true or false");
  into = *word;
  return true;
}

bool JsonReader::Read(const nlohmann::json& value, std::uint64_t& into) {
  // One that was put together here, not parsed, is signed.
  const bool whole = value.is_number_integer();
  if (!whole || (!value.is_number_unsigned() && value.get<std::int64_t>() < 0)) {
    return Fail("must be a whole number, zero or more");
  }
  into = value.get<std::uint64_t>();
  return true;
}

bool JsonReader::Read(const nlohmann::json& value, int& into) {
  std::uint64_t number = 0;
  if (!Read(value, number)) return false;
  if (number > kLargest) return Fail("is too large");
  into = static_cast<int>(number);
  return true;
}

bool JsonReader::Read(const nlohmann::json& value, std::chrono::microseconds& into) {
  std::uint64_t number = 0;
  if (!Read(value, number)) return false;
  if (number > static_cast<std::uint64_t>(microseconds(kLongest).count())) {
    return Fail("is too large");
  }
  into = microseconds(static_cast<std::int64_t>(number));
  return true;
}

bool JsonReader::Read(const nlohmann::json& value, std::chrono::system_clock::time_point& into) {
  std::string text;
  if (!Read(value, text)) return false;
  const auto time = ParseTimestamp(text);
  if (!time || FormatTimestamp(*time) != text)
    return Fail("must be a time such as 2026-11-24T22:54:03.120Z");
  if (*time < std::chrono::system_clock::time_point() || *time > kLatest) {
    return Fail("is no time of a run: it is before 1970 or after 2199");
  }
  into = *time;
  return true;
}

bool JsonReader::RequireObject(const nlohmann::json& value) {
  return value.is_object() || Fail("must be an object");
}

bool JsonReader::RequireArray(const nlohmann::json& value) {
  return value.is_array() || Fail("must be an array");
}

bool JsonReader::Fail(std::string_view message) {
  error_ = pointer_.empty() ? std::string(message) : fmt::format("{}: {}", pointer_, message);
  return false;
}

void JsonReader::Enter(std::string_view key) {
  pointer_ += '/';
  pointer_ += EscapePointerName(key);
}

void JsonReader::Leave() { pointer_.resize(pointer_.rfind('/')); }

}  // namespace conform
