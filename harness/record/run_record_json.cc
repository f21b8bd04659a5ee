#include "record/run_record_json.h"

#include <fmt/format.h>

#include <cstdint>
#include <iterator>
#include <string>
#include <type_traits>
#include <vector>

#include "base/byte_words.h"
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
  return SkipWords(text, 0, [](ByteWord word) {
    const ByteWord escaped = BytesBelow(word, ' ') | BytesEqual(word, '"') | BytesEqual(word, '\\');
    return (escaped | (word & kHighBits)) != 0;
  });
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

/// Writes records behind a text.
class JsonWriter {
 public:
  /// What was judged is told by `judged_key` alone, where that is not empty.
  explicit JsonWriter(std::string& text, std::string_view judged_key = {})
      : text_(text), judged_key_(judged_key) {}

  void Append(const std::string& value) {
    text_ += '"';
    if (FindMalformedUtf8(value)) {
      AppendEscaped(ShowText(value), text_);
    } else {
      AppendEscaped(value, text_);
    }
    text_ += '"';
  }

  template <typename T>
  requires std::is_arithmetic_v<T>
  void Append(T value) {
    if constexpr (std::is_same_v<T, bool>) {
      text_ += value ? "true" : "false";
    } else {
      const fmt::format_int digits(value);
      text_.append(digits.data(), digits.size());
    }
  }

  template <typename T>
  requires std::is_enum_v<T>
  void Append(T value) {
    text_ += '"';
    text_ += NameOf(value);
    text_ += '"';
  }

  void Append(std::chrono::microseconds duration) {
    Append(static_cast<std::uint64_t>(duration.count()));
  }

  void Append(std::chrono::system_clock::time_point time) { Append(FormatTimestamp(time)); }

  template <typename List>
  void AppendList(const List& values) {
    char separator = '[';
    for (const auto& value : values) {
      text_ += separator;
      separator = ',';
      Append(value);
    }
    if (separator == '[') text_ += '[';
    text_ += ']';
  }

  template <typename T>
  void Append(const std::vector<T>& values) {
    AppendList(values);
  }

  void Append(const TestRecords& tests) { AppendList(tests); }

  template <typename T>
  void Append(const SharedList<T>& values) {
    AppendList(values);
  }

  void Append(const SharedList<JudgedClause>& judged) {
    if (judged_key_.empty()) return AppendList(judged);
    text_ += '"';
    text_ += judged_key_;
    text_ += '"';
  }

  template <HasFields T>
  void Append(const T& record) {
    char separator = '{';
    VisitFields<T>([&](const auto& field) {
      const auto& value = record.*field.member;
      if constexpr (!HasFields<std::remove_cvref_t<decltype(value)>> &&
                    !std::is_enum_v<std::remove_cvref_t<decltype(value)>>) {
        if (field.presence == Presence::kUnlessEmpty && IsEmpty(value)) return true;
      }
      text_ += separator;
      separator = ',';
      text_ += '"';
      text_ += field.name;
      text_ += std::string_view("\":");
      Append(value);
      return true;
    });
    if (separator == '{') text_ += '{';
    text_ += '}';
  }

 private:
  std::string& text_;
  std::string_view judged_key_;
};

template <typename T>
json ToValue(const T& record) {
  std::string text;
  JsonWriter(text).Append(record);
  return json::parse(text, nullptr, false);
}

}  // namespace

void AppendJson(const RunHeader& header, std::string& text) { JsonWriter(text).Append(header); }
void AppendJson(const TestRecord& test, std::string& text, std::string_view judged_key) {
  JsonWriter(text, judged_key).Append(test);
}
void AppendJson(const SharedList<JudgedClause>& judged, std::string& text) {
  JsonWriter(text).Append(judged);
}

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
