#include "base/json_text.h"

#include <set>
#include <vector>

#include "base/ascii.h"
#include "base/json_pointer.h"

namespace conform {
namespace {

/// Goes along a text and stops at a name that stands twice in its object.
class NameCheck : public nlohmann::json_sax<nlohmann::json> {
 public:
  bool null() override { return EndValue(); }
  bool boolean(bool /*value*/) override { return EndValue(); }
  bool number_integer(number_integer_t /*value*/) override { return EndValue(); }
  bool number_unsigned(number_unsigned_t /*value*/) override { return EndValue(); }
  bool number_float(number_float_t /*value*/, const string_t& /*text*/) override {
    return EndValue();
  }
  bool string(string_t& /*value*/) override { return EndValue(); }
  bool binary(binary_t& /*value*/) override { return EndValue(); }
  bool start_object(std::size_t /*elements*/) override { return Open(true); }
  bool end_object() override { return Close(); }
  bool start_array(std::size_t /*elements*/) override { return Open(false); }
  bool end_array() override { return Close(); }
  bool parse_error(std::size_t /*position*/, const std::string& /*token*/,
                   const nlohmann::detail::exception& /*problem*/) override {
    return false;
  }

  bool key(string_t& name) override {
    Level& level = levels_.back();
    level.name = name;
    if (level.names.insert(name).second) return true;
    repeated_ = "";
    for (const Level& each : levels_) {
      *repeated_ += '/';
      *repeated_ += each.object ? EscapePointerName(each.name) : std::to_string(each.items);
    }
    return false;
  }

  const std::optional<std::string>& repeated() const { return repeated_; }

 private:
  /// An object or array that is open.
  struct Level {
    bool object = false;
    std::string name;  // of the member that is read
    std::size_t items = 0;
    std::set<std::string> names;
  };

  bool Open(bool object) {
    levels_.push_back({object, "", 0, {}});
    return true;
  }
  bool Close() {
    levels_.pop_back();
    return EndValue();
  }
  bool EndValue() {
    if (!levels_.empty()) ++levels_.back().items;
    return true;
  }

  std::vector<Level> levels_;
  std::optional<std::string> repeated_;
};

constexpr std::size_t kEscapeBytes = 6;  // `\ud800`

/// The UTF-16 code unit whose escape begins at `place`; 0 where none does.
unsigned EscapedUnit(std::string_view text, std::size_t place) {
  if (text.size() < place + kEscapeBytes || text[place] != '\\' || text[place + 1] != 'u') return 0;
  unsigned unit = 0;
  for (const char c : text.substr(place + 2, kEscapeBytes - 2)) {
    const int digit = HexValue(c);
    if (digit < 0) return 0;
    unit = unit * 16 + static_cast<unsigned>(digit);
  }
  return unit;
}

bool IsFirstHalf(unsigned unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool IsSecondHalf(unsigned unit) { return unit >= 0xDC00 && unit < 0xE000; }

template <typename Json>
std::string Write(const Json& value, bool ascii) {
  return value.dump(-1, ' ', ascii, Json::error_handler_t::replace);
}

}  // namespace

std::optional<std::string> FindRepeatedName(std::string_view text) {
  NameCheck check;
  nlohmann::json::sax_parse(JsonText(text), &check);
  return check.repeated();
}

std::string ReplaceLoneSurrogates(std::string_view text) {
  std::string replaced(text);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') continue;
    const unsigned unit = EscapedUnit(text, i);
    if (IsFirstHalf(unit) && IsSecondHalf(EscapedUnit(text, i + kEscapeBytes))) {
      i += kEscapeBytes;
    } else if (IsFirstHalf(unit) || IsSecondHalf(unit)) {
      replaced.replace(i, kEscapeBytes, "\\ufffd");
    }
    ++i;  // what is escaped begins no escape
  }
  return replaced;
}

nlohmann::json ReadJsonText(std::string_view text) {
  return nlohmann::json::parse(JsonText(text), nullptr, /*allow_exceptions=*/false);
}

std::string WriteJsonText(const nlohmann::json& value, bool ascii) { return Write(value, ascii); }
std::string WriteJsonText(const nlohmann::ordered_json& value, bool ascii) {
  return Write(value, ascii);
}

}  // namespace conform
