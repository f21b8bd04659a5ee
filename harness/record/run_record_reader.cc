#include <fmt/format.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "record/json_reader.h"
#include "record/record_fields.h"
#include "record/run_record_json.h"

namespace conform {
namespace {

using nlohmann::json;

constexpr std::string_view kFormatKey = "format";

/// The words an enum is written in, and what they are words for.
template <typename Enum>
struct Words;

template <>
struct Words<Outcome> {
  static constexpr std::string_view kKind = "outcome";
  static constexpr std::array kAll = kOutcomes;
};

template <>
struct Words<Strength> {
  static constexpr std::string_view kKind = "strength";
  static constexpr std::array kAll = {Strength::kMust, Strength::kShould, Strength::kObserve};
};

template <>
struct Words<Binds> {
  static constexpr std::string_view kKind = "binding";
  static constexpr std::array kAll = {Binds::kService, Binds::kClient, Binds::kTenant,
                                      Binds::kNobody};
};

template <typename T>
requires requires(JsonReader& reader, T& into) { reader.Read(json(), into); }
bool ReadInto(JsonReader& reader, const json& value, T& into) { return reader.Read(value, into); }

template <typename Enum>
requires std::is_enum_v<Enum>
bool ReadInto(JsonReader& reader, const json& value, Enum& into) {
  std::string word;
  if (!reader.Read(value, word)) return false;
  std::string known;
  for (const Enum candidate : Words<Enum>::kAll) {
    if (NameOf(candidate) == word) {
      into = candidate;
      return true;
    }
    known += known.empty() ? "" : ", ";
    known += NameOf(candidate);
  }
  return reader.Fail(
      fmt::format("\"{}\" is no {}: one of {}", ShowLine(word, 60), Words<Enum>::kKind, known));
}

template <HasFields T>
bool ReadInto(JsonReader& reader, const json& value, T& into);

template <typename List>
bool ReadList(JsonReader& reader, const json& value, List& into) {
  if (!reader.RequireArray(value)) return false;
  for (std::size_t i = 0; i < value.size(); ++i) {
    reader.Enter(i);
    if (!ReadInto(reader, value[i], into.emplace_back())) return false;
    reader.Leave();
  }
  return true;
}

template <typename T>
bool ReadInto(JsonReader& reader, const json& value, std::vector<T>& into) {
  if (value.is_array()) into.reserve(value.size());
  return ReadList(reader, value, into);
}

bool ReadInto(JsonReader& reader, const json& value, TestRecords& into) {
  return ReadList(reader, value, into);
}

template <typename T>
bool ReadInto(JsonReader& reader, const json& value, SharedList<T>& into) {
  std::vector<T> values;
  if (!ReadInto(reader, value, values)) return false;
  into = std::move(values);
  return true;
}

template <HasFields T>
bool IsFieldOf(std::string_view key) {
  return !VisitFields<T>([key](const auto& field) { return key != field.name; });
}

template <HasFields T>
bool RequireKnownKeys(JsonReader& reader, const json& object, std::string_view besides) {
  for (const auto& [key, ignored] : object.items()) {
    if (key == besides || IsFieldOf<T>(key)) continue;
    return reader.Fail(fmt::format("unknown member \"{}\"", ShowLine(key, 60)));
  }
  return true;
}

/// `besides` names a member that is not one of T's and may stand there.
template <HasFields T>
bool ReadObject(JsonReader& reader, const json& value, T& into, std::string_view besides) {
  if (!reader.RequireObject(value)) return false;
  if (!RequireKnownKeys<T>(reader, value, besides)) return false;
  return VisitFields<T>([&](const auto& field) {
    const auto found = value.find(field.name);
    if (found == value.end()) {
      return field.presence == Presence::kUnlessEmpty ||
             reader.Fail(fmt::format("\"{}\" is missing", field.name));
    }
    reader.Enter(field.name);
    if (!ReadInto(reader, *found, into.*field.member)) return false;
    reader.Leave();
    return true;
  });
}

template <HasFields T>
bool ReadInto(JsonReader& reader, const json& value, T& into) {
  return ReadObject(reader, value, into, "");
}

template <HasFields T>
Expected<T> ReadWhole(const json& value) {
  JsonReader reader;
  T record;
  if (!ReadInto(reader, value, record)) return Fail(reader.error());
  return record;
}

/// The library also throws, and without a place, where a number is larger than any it holds.
std::string DescribeMistake(const json::exception& error) {
  const auto* const misspelt = dynamic_cast<const json::parse_error*>(&error);
  return misspelt == nullptr ? "no JSON: a number in it is too large to read"
                             : fmt::format("no JSON at byte {}", misspelt->byte);
}

}  // namespace

Expected<RunHeader> ReadRunHeader(const json& value) { return ReadWhole<RunHeader>(value); }
Expected<TestRecord> ReadTestRecord(const json& value) { return ReadWhole<TestRecord>(value); }

Expected<RunRecord> ReadRunRecord(const json& value) {
  if (auto known = RequireRecordFormat(value); !known) return tl::unexpected(known.error());
  JsonReader reader;
  RunRecord record;
  if (!ReadObject(reader, value, record, kFormatKey)) return Fail(reader.error());
  return record;
}

Expected<RunRecord> ReadRunRecord(std::istream& text) {
  TestRecords tests;
  std::optional<Error> broken;
  std::string member;
  const auto take = [&](int depth, json::parse_event_t event, json& parsed) {
    if (event == json::parse_event_t::key && depth == 1) member = parsed.get<std::string>();
    if (event != json::parse_event_t::object_end || depth != 2 || member != "tests") return true;
    auto test = ReadTestRecord(parsed);
    if (test) {
      tests.push_back(*std::move(test));
    } else if (!broken) {
      broken =
          Fail(fmt::format("/tests/{}{}{}", tests.size(),
                           test.error().message.starts_with('/') ? "" : ": ", test.error().message))
              .value();
    }
    return false;
  };
  json rest;
  try {
    rest = json::parse(text, take);
  } catch (const json::exception& error) {
    return Fail(DescribeMistake(error));
  }
  if (broken) return tl::unexpected(*broken);
  auto record = ReadRunRecord(rest);
  if (record) record->tests = std::move(tests);
  return record;
}

Expected<void> RequireRecordFormat(const json& value) {
  JsonReader reader;
  if (!reader.RequireObject(value)) return Fail(reader.error());
  const auto found = value.find(kFormatKey);
  if (found == value.end()) return Fail(fmt::format("\"{}\" is missing", kFormatKey));
  int format = 0;
  reader.Enter(kFormatKey);
  if (!reader.Read(*found, format)) return Fail(reader.error());
  if (format == kRecordFormat) return {};
  reader.Fail(fmt::format("is {}, this conform reads {}", format, kRecordFormat));
  return Fail(reader.error());
}

Expected<json> ParseJson(std::string_view text) {
  try {
    return json::parse(text);
  } catch (const json::exception& error) {
    return Fail(DescribeMistake(error));
  }
}

}  // namespace conform
