#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/json_text.h"
#include "base/utf8.h"
#include "record/json_reader.h"
#include "record/judged_table.h"
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

/// What a test judged stands there, or the key by which it is found.
bool ReadInto(JsonReader& reader, const json& value, SharedList<JudgedClause>& into) {
  if (!value.is_string()) {
    std::vector<JudgedClause> clauses;
    if (!ReadInto(reader, value, clauses)) return false;
    into = std::move(clauses);
    return true;
  }
  const auto& key = value.get_ref<const std::string&>();
  if (reader.judged() == nullptr) {
    return reader.Fail(fmt::format("\"{}\" is a key, and there are no lists", ShowLine(key, 60)));
  }
  into = reader.judged()->Find(key);
  return true;
}

template <HasFields T>
bool IsFieldOf(std::string_view key) {
  return !VisitFields<T>([key](const auto& field) { return key != field.name; });
}

using Keys = std::initializer_list<std::string_view>;

template <HasFields T>
bool RequireKnownKeys(JsonReader& reader, const json& object, Keys besides) {
  for (const auto& [key, ignored] : object.items()) {
    const bool is_besides = std::find(besides.begin(), besides.end(), key) != besides.end();
    if (is_besides || IsFieldOf<T>(key)) continue;
    return reader.Fail(fmt::format("unknown member \"{}\"", ShowLine(key, 60)));
  }
  return true;
}

/// `besides` names members that are not T's and may stand there.
template <HasFields T>
bool ReadObject(JsonReader& reader, const json& value, T& into, Keys besides) {
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
  return ReadObject(reader, value, into, {});
}

template <typename T>
Expected<T> ReadWhole(const json& value, JudgedTable* judged = nullptr) {
  JsonReader reader(judged);
  T record;
  if (!ReadInto(reader, value, record)) return Fail(reader.error());
  return record;
}

bool ReadJudgedLists(JsonReader& reader, const json& lists, JudgedTable& judged) {
  if (!reader.RequireObject(lists)) return false;
  for (const auto& [key, list] : lists.items()) {
    reader.Enter(key);
    std::vector<JudgedClause> clauses;
    if (!ReadInto(reader, list, clauses)) return false;
    judged.Add(key, std::move(clauses));  // a member comes once
    reader.Leave();
  }
  return true;
}

/// A record whose tests may have been taken out of it, and named lists of `judged`.
Expected<RunRecord> ReadRest(const json& value, JudgedTable& judged) {
  if (auto known = RequireRecordFormat(value); !known) return tl::unexpected(known.error());
  JsonReader reader(&judged);
  RunRecord record;
  if (!ReadObject(reader, value, record, {kFormatKey, kJudgedListsKey})) {
    return Fail(reader.error());
  }
  if (const auto lists = value.find(kJudgedListsKey); lists != value.end()) {
    reader.Enter(kJudgedListsKey);
    if (!ReadJudgedLists(reader, *lists, judged)) return Fail(reader.error());
  }
  if (judged.IsOpen()) {
    return Fail(fmt::format("/{}: \"{}\" is missing, which a test names", kJudgedListsKey,
                            ShowLine(judged.FindMissing(), 60)));
  }
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
Expected<TestRecord> ReadTestRecord(const json& value, JudgedTable* judged) {
  return ReadWhole<TestRecord>(value, judged);
}
Expected<std::vector<JudgedClause>> ReadJudgedList(const json& value) {
  return ReadWhole<std::vector<JudgedClause>>(value);
}

Expected<RunRecord> ReadRunRecord(const json& value) {
  JudgedTable judged;
  return ReadRest(value, judged);
}

Expected<RunRecord> ReadRunRecord(std::istream& text) {
  TestRecords tests;
  JudgedTable judged;
  std::optional<Error> broken;
  std::string member;
  const auto take = [&](int depth, json::parse_event_t event, json& parsed) {
    if (event == json::parse_event_t::key && depth == 1) member = parsed.get<std::string>();
    if (event != json::parse_event_t::object_end || depth != 2 || member != "tests") return true;
    auto test = ReadTestRecord(parsed, &judged);
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
    rest = json::parse(JsonBytes(std::istreambuf_iterator<char>(text)),
                       JsonBytes(std::istreambuf_iterator<char>()), take);
  } catch (const json::exception& error) {
    return Fail(DescribeMistake(error));
  }
  if (broken) return tl::unexpected(*broken);
  auto record = ReadRest(rest, judged);
  if (record) record->tests = std::move(tests);
  return record;
}

Expected<void> RequireRecordFormat(const json& value) {
  JsonReader reader;
  if (!reader.RequireObject(value)) return Fail(reader.error());
  const auto found = value.find(kFormatKey);
  if (found == value.end()) {
    const bool api = value.contains("openapi") || value.contains("swagger");
    return Fail(
        api ? "an OpenAPI document is no run record; name an operation of it: FILE#OPERATION"
            : "no run record");
  }
  int format = 0;
  reader.Enter(kFormatKey);
  if (!reader.Read(*found, format)) return Fail(reader.error());
  if (format >= kOldestRecordFormat && format <= kRecordFormat) return {};
  reader.Fail(fmt::format("is {}, this conform reads {} to {}", format, kOldestRecordFormat,
                          kRecordFormat));
  return Fail(reader.error());
}

Expected<json> ParseJson(std::string_view text) {
  try {
    return json::parse(JsonText(text));
  } catch (const json::exception& error) {
    return Fail(DescribeMistake(error));
  }
}

}  // namespace conform
