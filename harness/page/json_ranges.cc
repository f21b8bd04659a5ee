#include "page/json_ranges.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/json_text.h"
#include "base/utf8.h"

namespace conform {
namespace {

using Json = nlohmann::json;

constexpr int kMostDepth = 200;  // far above any description, far below what costs a stack

/// Keeps no value; only knows where it went wrong, and whether an object has a name twice.
class ShapeCheck : public nlohmann::json_sax<Json> {
 public:
  bool null() override { return true; }
  bool boolean(bool /*value*/) override { return true; }
  bool number_integer(number_integer_t /*value*/) override { return true; }
  bool number_unsigned(number_unsigned_t /*value*/) override { return true; }
  bool number_float(number_float_t /*value*/, const string_t& /*text*/) override { return true; }
  bool string(string_t& /*value*/) override { return true; }
  bool binary(binary_t& /*value*/) override { return true; }
  bool start_object(std::size_t /*elements*/) override {
    names_.emplace_back();
    return ++depth_ <= kMostDepth;
  }
  bool key(string_t& value) override {
    names_.back().push_back(std::move(value));
    return true;
  }
  bool end_object() override {
    std::vector<std::string>& names = names_.back();
    std::sort(names.begin(), names.end());
    has_twice_ = has_twice_ || std::adjacent_find(names.begin(), names.end()) != names.end();
    names_.pop_back();
    return --depth_ >= 0;
  }
  bool start_array(std::size_t /*elements*/) override { return ++depth_ <= kMostDepth; }
  bool end_array() override { return --depth_ >= 0; }
  bool parse_error(std::size_t position, const std::string& /*token*/,
                   const nlohmann::detail::exception& /*problem*/) override {
    position_ = position;
    return false;
  }

  std::size_t position() const { return position_; }
  bool IsTooDeep() const { return depth_ > kMostDepth; }
  bool HasNameTwice() const { return has_twice_; }

 private:
  std::vector<std::vector<std::string>> names_;  // of each object that is open
  bool has_twice_ = false;
  std::size_t position_ = 0;  // 1-based
  int depth_ = 0;
};

std::ptrdiff_t LineAfter(std::string_view before) {
  return std::count(before.begin(), before.end(), '\n') + 1;
}

/// `line:column` of the last character.
std::string PlaceOfLast(std::string_view before) {
  const std::size_t start = before.rfind('\n');
  const std::string_view last = before.substr(start == std::string_view::npos ? 0 : start + 1);
  return fmt::format("{}:{}", LineAfter(before), std::max<std::size_t>(CountCharacters(last), 1));
}

}  // namespace

Expected<JsonRanges> JsonRanges::Of(std::string_view text) {
  ShapeCheck check;
  if (Json::sax_parse(JsonText(text), &check)) {
    JsonRanges ranges = OfWritten(text);
    if (!check.HasNameTwice()) return ranges;
    return Fail(ranges.TellNameTwice(ranges.root_).value_or("1:1: an object has a name twice"));
  }
  if (check.IsTooDeep()) return Fail(fmt::format("1:1: nested more than {} deep", kMostDepth));
  const std::string_view before = text.substr(0, std::min(check.position(), text.size()));
  return Fail(PlaceOfLast(before) + ": no JSON from here on");
}

std::optional<std::string> JsonRanges::TellNameTwice(const JsonRange& range) const {
  const Table& table = TableOf(range);
  const bool object = text_[range.begin] == '{';
  for (std::size_t i = 0; i < table.members.size(); ++i) {
    const JsonMember& member = table.members[i];
    const auto first = table.by_name.find(member.name);
    if (object && first->second != i) {
      return fmt::format("{}: duplicate key '{}', first at line {}",
                         PlaceOfLast(text_.substr(0, member.begin + 1)), ShowLine(member.name, 60),
                         LineAfter(text_.substr(0, table.members[first->second].begin)));
    }
    if (std::optional<std::string> below = TellNameTwice(member.value)) return below;
  }
  return std::nullopt;
}

JsonRanges JsonRanges::OfWritten(std::string_view text) {
  JsonRanges ranges(text);
  const std::size_t begin = ranges.SkipSpace(0);
  ranges.root_ = {begin, ranges.SkipValue(begin)};
  return ranges;
}

std::size_t JsonRanges::SkipSpace(std::size_t at) const {
  while (at < text_.size() && std::string_view(" \t\r\n").find(text_[at]) != std::string_view::npos)
    ++at;
  return at;
}

std::size_t JsonRanges::SkipText(std::size_t at) const {
  for (++at; text_[at] != '"'; ++at) {
    if (text_[at] == '\\') ++at;
  }
  return at + 1;
}

std::size_t JsonRanges::SkipValue(std::size_t at) const {
  std::size_t depth = 0;
  while (at < text_.size()) {
    const char c = text_[at];
    if (c == '"') {
      at = SkipText(at);
      if (depth == 0) return at;
      continue;
    }
    const bool opens = c == '{' || c == '[';
    const bool closes = c == '}' || c == ']';
    if (depth == 0 && (closes || c == ',')) return at;  // A number or a word ends here.
    ++at;
    if (opens) ++depth;
    if (closes && --depth == 0) return at;
  }
  return at;
}

const std::vector<JsonMember>& JsonRanges::MembersOf(const JsonRange& range) const {
  return TableOf(range).members;
}

const JsonRanges::Table& JsonRanges::TableOf(const JsonRange& range) const {
  const auto [found, fresh] = tables_.try_emplace(range.begin);
  Table& table = found->second;
  std::vector<JsonMember>& members = table.members;
  const bool object = text_[range.begin] == '{';
  if (!fresh || (!object && text_[range.begin] != '[')) return table;
  std::size_t at = SkipSpace(range.begin + 1);
  while (text_[at] != '}' && text_[at] != ']') {
    JsonMember member;
    member.begin = at;
    if (object) {
      const std::size_t end = SkipText(at);
      const std::string_view name = text_.substr(at, end - at);
      const Json parsed = Json::parse(name.begin(), name.end(), nullptr, false);
      member.name = parsed.is_string() ? parsed.get<std::string>() : "";
      at = SkipSpace(SkipSpace(end) + 1);
    } else {
      member.name = std::to_string(members.size());
    }
    member.value = {at, SkipValue(at)};
    at = SkipSpace(member.value.end);
    members.push_back(std::move(member));
    if (text_[at] == ',') at = SkipSpace(at + 1);
  }
  for (std::size_t i = 0; i < members.size(); ++i) table.by_name.emplace(members[i].name, i);
  return table;
}

std::optional<JsonRange> JsonRanges::Find(const std::vector<std::string>& names) const {
  JsonRange range = root_;
  for (const std::string& name : names) {
    const Table& table = TableOf(range);
    const auto found = table.by_name.find(name);
    if (found == table.by_name.end()) return std::nullopt;
    range = table.members[found->second].value;
  }
  return range;
}

}  // namespace conform
