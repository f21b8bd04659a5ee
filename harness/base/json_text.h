// JSON text as nlohmann/json is to read it, so that it refuses what is none.
#pragma once

#include <cstddef>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace conform {

/// Bytes for the library's parser. It takes a NUL for the end of the text, so that anything might
/// follow one; here it is a control character like others, and no JSON text holds any (RFC 8259
/// §2).
template <typename Each>
class JsonBytes {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = char;

  explicit JsonBytes(Each each) : each_(std::move(each)) {}

  char operator*() const {
    constexpr char kOtherControl = '\x01';
    const char c = *each_;
    return c == '\0' ? kOtherControl : c;
  }
  JsonBytes& operator++() {
    ++each_;
    return *this;
  }
  JsonBytes operator++(int) {
    JsonBytes before = *this;
    ++*this;
    return before;
  }
  bool operator==(const JsonBytes& other) const { return each_ == other.each_; }
  bool operator!=(const JsonBytes& other) const { return !(*this == other); }

 private:
  Each each_;
};

/// A whole text: `json::parse(JsonText(text))`. Outlived by `text`.
class JsonText {
 public:
  explicit JsonText(std::string_view text) : text_(text) {}

  JsonBytes<const char*> begin() const { return JsonBytes(text_.data()); }
  JsonBytes<const char*> end() const { return JsonBytes(text_.data() + text_.size()); }

 private:
  std::string_view text_;
};

/// Where the first member stands whose name another of its object had before it (RFC 8259 §4), as a
/// pointer (RFC 6901); nothing where there is none before the text ceases to be JSON.
std::optional<std::string> FindRepeatedName(std::string_view text);

/// With U+FFFD in place of each escape of half a surrogate pair, `\ud800`, and of the same size:
/// such a text is JSON, but stands for no characters, and the library reads none (RFC 8259 §8.2).
std::string ReplaceLoneSurrogates(std::string_view text);

/// Discarded where the text is no JSON, or a number in it is too large to read.
nlohmann::json ReadJsonText(std::string_view text);

/// On one line; bytes that are no UTF-8 become U+FFFD. `ascii`: other characters are escaped.
std::string WriteJsonText(const nlohmann::json& value, bool ascii = false);
std::string WriteJsonText(const nlohmann::ordered_json& value, bool ascii = false);

}  // namespace conform
