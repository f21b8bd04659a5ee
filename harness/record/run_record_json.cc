#include "record/run_record_json.h"

#include <string>
#include <type_traits>
#include <vector>

#include "base/date.h"
#include "base/utf8.h"
#include "record/record_fields.h"

namespace conform {
namespace {

using nlohmann::json;

template <typename T>
bool IsEmpty(const T& value) {
  if constexpr (requires { value.empty(); }) {
    return value.empty();
  } else {
    return value == T{};
  }
}

json Write(const std::string& text) { return FindMalformedUtf8(text) ? ShowText(text) : text; }
json Write(std::chrono::microseconds duration) {
  return static_cast<std::uint64_t>(duration.count());
}
json Write(std::chrono::system_clock::time_point time) { return FormatTimestamp(time); }

template <typename T>
requires std::is_arithmetic_v<T> json Write(T value) { return value; }

template <typename T>
requires std::is_enum_v<T> json Write(T value) { return NameOf(value); }

template <HasFields T>
json Write(const T& record);

template <typename T>
json Write(const std::vector<T>& values) {
  json array = json::array();
  for (const T& value : values) array.push_back(Write(value));
  return array;
}

template <HasFields T>
json Write(const T& record) {
  json object = json::object();
  VisitFields<T>([&](const auto& field) {
    const auto& value = record.*field.member;
    if constexpr (!HasFields<std::remove_cvref_t<decltype(value)>> &&
                  !std::is_enum_v<std::remove_cvref_t<decltype(value)>>) {
      if (field.presence == Presence::kUnlessEmpty && IsEmpty(value)) return true;
    }
    object[field.name] = Write(value);
    return true;
  });
  return object;
}

}  // namespace

json ToJson(const RunHeader& header) { return Write(header); }
json ToJson(const TestRecord& test) { return Write(test); }

json ToJson(const RunRecord& record) {
  json object = Write(record);
  object["format"] = kRecordFormat;
  return object;
}

std::string DumpJson(const json& value) {
  // Strings were made UTF-8 on the way in; a member's name never holds anything else.
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace conform
