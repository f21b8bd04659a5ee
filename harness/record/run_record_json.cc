#include "record/run_record_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
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

/// Whether a byte of eight perhaps does not stand in JSON as it is.
bool HoldsSpecial(ByteWord word) {
  return (BytesBelow(word, ' ') | BytesEqual(word, '"') | BytesEqual(word, '\\')) != 0;
}

/// RFC 8259 §7: quotation mark, backslash and control characters are escaped.
constexpr std::size_t kLongestEscape = 6;

char* EscapeByte(char byte, char* out) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  const auto code = static_cast<unsigned char>(byte);
  if (code < 0x20 && byte != '\n') {
    for (const char c : {'\\', 'u', '0', '0', kDigits[code >> 4U], kDigits[code & 0xFU]})
      *out++ = c;
    return out;
  }
  const bool escaped = byte == '"' || byte == '\\' || byte == '\n';
  if (escaped) *out++ = '\\';
  *out++ = byte == '\n' ? 'n' : byte;
  return out;
}

/// Eight bytes at a time: most of a record is plain text.
char* Escape(std::string_view text, char* out) {
  std::size_t at = 0;
  for (; at + sizeof(ByteWord) <= text.size(); at += sizeof(ByteWord)) {
    const ByteWord word = ReadWord(text, at);
    if (HoldsSpecial(word)) {
      for (const char byte : text.substr(at, sizeof word)) out = EscapeByte(byte, out);
    } else {
      std::memcpy(out, &word, sizeof word);
      out += sizeof word;
    }
  }
  const std::string_view rest = text.substr(at);
  if (!HoldsSpecial(ReadShort(rest))) return std::copy(rest.begin(), rest.end(), out);
  for (const char byte : rest) out = EscapeByte(byte, out);
  return out;
}

/// Adds to a text in place: a record has hundreds of small pieces.
class TextEnd {
 public:
  explicit TextEnd(std::string& text) : text_(text), size_(text.size()) {}
  ~TextEnd() { text_.resize(size_); }
  TextEnd(const TextEnd&) = delete;
  TextEnd& operator=(const TextEnd&) = delete;

  std::size_t size() const { return size_; }
  void Set(std::size_t at, char byte) { text_[at] = byte; }
  void Add(char byte) {
    *Room(1) = byte;
    ++size_;
  }
  void Add(std::string_view piece) { size_ += piece.copy(Room(piece.size()), piece.size()); }
  void AddEscaped(std::string_view piece) {
    char* const begin = Room(piece.size() * kLongestEscape);
    size_ += static_cast<std::size_t>(Escape(piece, begin) - begin);
  }

 private:
  /// For so many bytes more.
  char* Room(std::size_t bytes) {
    constexpr std::size_t kMore = 1'024;
    if (text_.size() - size_ < bytes) text_.resize(size_ + bytes + kMore);
    return text_.data() + size_;
  }

  std::string& text_;
  std::size_t size_;
};

/// `,"name":` of the field of T at that place, made when the program is built.
template <typename T, std::size_t kPlace>
struct MemberStart {
  static constexpr std::string_view kName = std::get<kPlace>(kFields<T>).name;
  static constexpr std::size_t kAround = 4;
  static constexpr std::array<char, kName.size() + kAround> kText = [] {
    std::array<char, kName.size() + kAround> text{',', '"'};
    std::copy(kName.begin(), kName.end(), text.begin() + 2);
    text[text.size() - 2] = '"';
    text[text.size() - 1] = ':';
    return text;
  }();
};

/// Writes records behind a text.
class JsonWriter {
 public:
  /// What was judged is told by `judged_key` alone, where that is not empty.
  explicit JsonWriter(std::string& text, std::string_view judged_key = {})
      : text_(text), judged_key_(judged_key) {}

  void Append(const std::string& value) {
    text_.Add('"');
    if (IsLineAsShown(value)) {
      text_.AddEscaped(value);
    } else if (FindMalformedUtf8(value)) {
      text_.AddEscaped(ShowText(value));
    } else {
      std::string escaped;
      TextEnd(escaped).AddEscaped(value);
      text_.Add(ShowJsonText(escaped));
    }
    text_.Add('"');
  }

  template <typename T>
  requires std::is_arithmetic_v<T>
  void Append(T value) {
    if constexpr (std::is_same_v<T, bool>) {
      text_.Add(value ? std::string_view("true") : std::string_view("false"));
    } else {
      const fmt::format_int digits(value);
      text_.Add({digits.data(), digits.size()});
    }
  }

  template <typename T>
  requires std::is_enum_v<T>
  void Append(T value) { AppendName(NameOf(value)); }

  void Append(std::chrono::microseconds duration) {
    // One that a clock took which was set back meanwhile is none.
    Append(static_cast<std::uint64_t>(std::max<std::int64_t>(duration.count(), 0)));
  }

  void Append(std::chrono::system_clock::time_point time) { AppendName(FormatTimestamp(time)); }

  template <typename List>
  void AppendList(const List& values) {
    char separator = '[';
    for (const auto& value : values) {
      text_.Add(separator);
      separator = ',';
      Append(value);
    }
    if (separator == '[') text_.Add('[');
    text_.Add(']');
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
    AppendName(judged_key_);
  }

  template <HasFields T>
  void Append(const T& record) {
    constexpr std::size_t kCount = std::tuple_size_v<std::remove_cvref_t<decltype(kFields<T>)>>;
    const std::size_t begin = text_.size();
    AppendMembers(record, std::make_index_sequence<kCount>());
    if (text_.size() == begin) {
      text_.Add('{');
    } else {
      text_.Set(begin, '{');  // where the first member's comma was
    }
    text_.Add('}');
  }

 private:
  template <typename T, std::size_t... kPlaces>
  void AppendMembers(const T& record, std::index_sequence<kPlaces...> /*places*/) {
    (AppendMember<T, kPlaces>(record), ...);
  }

  template <typename T, std::size_t kPlace>
  void AppendMember(const T& record) {
    constexpr auto kField = std::get<kPlace>(kFields<T>);
    const auto& value = record.*kField.member;
    using Member = std::remove_cvref_t<decltype(value)>;
    if constexpr (kField.presence == Presence::kUnlessEmpty && !HasFields<Member> &&
                  !std::is_enum_v<Member>) {
      if (IsEmpty(value)) return;
    }
    constexpr auto& kStart = MemberStart<T, kPlace>::kText;
    text_.Add({kStart.data(), kStart.size()});
    Append(value);
  }

  /// What needs no escape.
  void AppendName(std::string_view name) {
    text_.Add('"');
    text_.Add(name);
    text_.Add('"');
  }

  TextEnd text_;
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

}  // namespace conform
