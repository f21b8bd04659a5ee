#include "record/run_record_json.h"

#include <fmt/format.h>

#include <cstdint>
#include <cstring>
#include <iterator>
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

/// Bytes at the front that stand in JSON as they are, at least. Eight at a time: most of a record
/// is such text.
std::size_t SkipPlain(std::string_view text) {
  constexpr std::uint64_t kOnes = 0x0101010101010101U;
  constexpr std::uint64_t kHigh = 0x8080808080808080U;
  // The high bit of each byte that is zero, or of one behind it.
  const auto zeros = [](std::uint64_t word) { return (word - kOnes) & ~word & kHigh; };
  std::size_t at = 0;
  for (std::uint64_t word = 0; at + sizeof word <= text.size(); at += sizeof word) {
    std::memcpy(&word, text.data() + at, sizeof word);
    const std::uint64_t controls = (word - kOnes * 0x20) & ~word & kHigh;
    const std::uint64_t others = zeros(word ^ kOnes * '"') | zeros(word ^ kOnes * '\\');
    if ((controls | others | (word & kHigh)) != 0) break;
  }
  return at;
}

/// RFC 8259 §7: quotation mark, backslash and control characters are escaped.
void AppendEscaped(std::string_view text, std::string& out) {
  std::size_t plain = 0;
  for (std::size_t i = SkipPlain(text); i < text.size(); ++i) {
    const char c = text[i];
    if (static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\') continue;
    out += text.substr(plain, i - plain);
    plain = i + 1;
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else {
      fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
    }
    i += SkipPlain(text.substr(i + 1));
  }
  out += text.substr(plain);
}

void Append(const std::string& text, std::string& out) {
  out += '"';
  if (FindMalformedUtf8(text)) {
    AppendEscaped(ShowText(text), out);
  } else {
    AppendEscaped(text, out);
  }
  out += '"';
}

template <typename T>
requires std::is_arithmetic_v<T>
void Append(T value, std::string& out) {
  if constexpr (std::is_same_v<T, bool>) {
    out += value ? "true" : "false";
  } else {
    const fmt::format_int digits(value);
    out.append(digits.data(), digits.size());
  }
}

template <typename T>
requires std::is_enum_v<T>
void Append(T value, std::string& out) {
  out += '"';
  out += NameOf(value);
  out += '"';
}

void Append(std::chrono::microseconds duration, std::string& out) {
  Append(static_cast<std::uint64_t>(duration.count()), out);
}

void Append(std::chrono::system_clock::time_point time, std::string& out) {
  Append(FormatTimestamp(time), out);
}

template <HasFields T>
void Append(const T& record, std::string& out);

template <typename List>
void AppendList(const List& values, std::string& out) {
  char separator = '[';
  for (const auto& value : values) {
    out += separator;
    separator = ',';
    Append(value, out);
  }
  if (separator == '[') out += '[';
  out += ']';
}

template <typename T>
void Append(const std::vector<T>& values, std::string& out) {
  AppendList(values, out);
}

template <typename T>
void Append(const SharedList<T>& values, std::string& out) {
  AppendList(values, out);
}

template <HasFields T>
void Append(const T& record, std::string& out) {
  char separator = '{';
  VisitFields<T>([&](const auto& field) {
    const auto& value = record.*field.member;
    if constexpr (!HasFields<std::remove_cvref_t<decltype(value)>> &&
                  !std::is_enum_v<std::remove_cvref_t<decltype(value)>>) {
      if (field.presence == Presence::kUnlessEmpty && IsEmpty(value)) return true;
    }
    out += separator;
    separator = ',';
    out += '"';
    out += field.name;
    out.append("\":", 2);
    Append(value, out);
    return true;
  });
  if (separator == '{') out += '{';
  out += '}';
}

template <typename T>
json ToValue(const T& record) {
  std::string text;
  Append(record, text);
  return json::parse(text, nullptr, false);
}

}  // namespace

void AppendJson(const RunHeader& header, std::string& text) { Append(header, text); }
void AppendJson(const TestRecord& test, std::string& text) { Append(test, text); }

json ToJson(const RunHeader& header) { return ToValue(header); }
json ToJson(const TestRecord& test) { return ToValue(test); }

json ToJson(const RunRecord& record) {
  json object = ToValue(record);
  object["format"] = kRecordFormat;
  return object;
}

std::string DumpJson(const json& value) {
  // Strings were made UTF-8 on the way in; a member's name never holds anything else.
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace conform
