#include "base/plain_yaml.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>

#include "base/plain_yaml_scalar.h"
#include "base/utf8.h"

namespace conform {
namespace {

/// Deeper files go to yaml-cpp, which bounds them.
constexpr int kDeepest = 32;
/// From so many keys on, a mapping finds its duplicates by hash.
constexpr std::size_t kManyEntries = 16;

/// Every reading function says whether it could; where not, the whole text is yaml-cpp's.
class PlainYamlReader {
 public:
  explicit PlainYamlReader(const SourceText& source) : source_(source), text_(source.text()) {}

  bool ReadDocument(YamlNode& root) {
    return HoldsPlainCharacters(text_) && SkipToContent() && ReadBlock(root, 0) && ended_;
  }

 private:
  /// '\n' at the end of the text.
  char At(std::size_t offset) const { return offset < text_.size() ? text_[offset] : '\n'; }
  char Here() const { return At(at_); }
  std::size_t Column() const { return at_ - line_start_; }
  bool AtDash() const { return Here() == '-' && IsBlankOrBreak(At(at_ + 1)); }

  Span SpanOf(std::size_t begin, std::size_t end) const {
    const int column = source_.ColumnFrom(line_start_, begin - line_start_);
    return {line_, column,
            std::max(1, source_.ColumnFrom(line_start_, end - line_start_) - column)};
  }
  Span SpanHere() const { return SpanOf(at_, at_ + 1); }

  void SkipSpaces() {
    while (Here() == ' ') ++at_;
  }

  /// Whether nothing but a comment is left of the line; goes to its end then.
  bool SkipRestOfLine() {
    const std::size_t from = at_;
    SkipSpaces();
    if (Here() == '#' && (at_ > from || at_ == line_start_)) {
      at_ = std::min(text_.find('\n', at_), text_.size());
    }
    return Here() == '\n';
  }

  bool NextLine() {
    if (at_ >= text_.size()) return false;
    line_start_ = ++at_;
    ++line_;
    return true;
  }

  /// From the rest of a line to what comes next, over empty lines and comments. False where
  /// something else stands on the line, or a document begins, ends or has a directive.
  bool SkipToContent() {
    while (SkipRestOfLine()) {
      if (!NextLine()) {
        ended_ = true;
        return true;
      }
    }
    if (Column() > 0) return std::all_of(&text_[line_start_], &text_[at_], IsSpace);
    const std::string_view rest = text_.substr(at_);
    return Here() != '%' && !rest.starts_with("---") && !rest.starts_with("...");
  }

  bool Enter(YamlNode::Kind kind, YamlNode& node) {
    node.kind = kind;
    node.span = SpanHere();
    return ++nodes_ <= kMaxYamlNodes;
  }

  bool ReadBlock(YamlNode& node, int depth) {
    if (ended_ || depth > kDeepest) return false;
    return AtDash() ? ReadBlockSequence(node, depth) : ReadBlockMapping(node, depth);
  }

  bool ReadBlockMapping(YamlNode& node, int depth) {
    const std::size_t column = Column();
    if (!Enter(YamlNode::Kind::kMapping, node)) return false;
    std::unordered_set<std::string> keys;
    do {
      YamlEntry& entry = AddEntry(node);
      if (AtDash() || !ReadKey(false, entry) || !IsNew(node, keys)) return false;
      if (!ReadBlockValue(column, entry.value, depth)) return false;
    } while (!ended_ && Column() == column);
    return ended_ || Column() < column;
  }

  static YamlEntry& AddEntry(YamlNode& node) {
    constexpr std::size_t kUsual = 4;
    if (node.entries.empty()) node.entries.reserve(kUsual);
    return node.entries.emplace_back();
  }

  /// What stands behind a key of a mapping at `column`, up to what comes next.
  bool ReadBlockValue(std::size_t column, YamlNode& value, int depth) {
    SkipSpaces();
    if (Here() != '\n' && Here() != '#') return ReadLine(column, value, depth);
    if (!SkipToContent() || ended_) return false;
    // The items of a list may stand as far left as the key that they belong to.
    const bool inside = Column() > column || (Column() == column && AtDash());
    return inside && (AtDash() || IsKeyHere()) && ReadBlock(value, depth + 1);
  }

  bool ReadBlockSequence(YamlNode& node, int depth) {
    const std::size_t column = Column();
    if (depth > kDeepest || !Enter(YamlNode::Kind::kSequence, node)) return false;
    do {
      ++at_;
      SkipSpaces();
      YamlNode& item = node.items.emplace_back();
      if (Here() == '\n' || Here() == '#') {
        if (!SkipToContent() || ended_ || Column() <= column) return false;
        if (!AtDash() && !IsKeyHere()) return false;
        if (!ReadBlock(item, depth + 1)) return false;
      } else if (AtDash() || IsKeyHere()) {
        if (!ReadBlock(item, depth + 1)) return false;
      } else if (!ReadLine(column, item, depth) || item.kind == YamlNode::Kind::kNull) {
        return false;  // yaml-cpp blames an empty item in a way of its own
      }
    } while (!ended_ && Column() == column && AtDash());
    return ended_ || Column() <= column;
  }

  /// A value that begins on this line, up to what comes next. Its collection stands at `column`.
  bool ReadLine(std::size_t column, YamlNode& value, int depth) {
    if (!ReadFlowValue(false, value, depth)) return false;
    if (value.kind == YamlNode::Kind::kScalar && !value.quoted) ReadMoreLines(column, value);
    return SkipToContent();
  }

  /// Lines that go on with a plain scalar, up to one that is empty or begins in an unusual way.
  void ReadMoreLines(std::size_t column, YamlNode& value) {
    while (at_ < text_.size() && Here() == '\n') {
      const std::size_t begin = std::min(text_.find_first_not_of(' ', at_ + 1), text_.size());
      if (begin - at_ - 1 <= column) return;
      const PlainYamlScalar more = ScanPlainYamlScalar(text_, begin, false);
      if (more.quoted || more.end == begin || At(more.end) == ':') return;
      NextLine();
      at_ = more.end;
      value.scalar += ' ';
      value.scalar += text_.substr(begin, more.end - begin);
    }
  }

  bool IsKeyHere() const {
    const PlainYamlScalar scalar = ScanPlainYamlScalar(text_, at_, false);
    return scalar.end > at_ && At(scalar.end) == ':' && IsBlankOrBreak(At(scalar.end + 1));
  }

  /// A key and its colon.
  bool ReadKey(bool in_flow, YamlEntry& entry) {
    constexpr std::size_t kLongestKey = 1000;  // yaml-cpp refuses keys of over 1024 bytes
    const PlainYamlScalar scalar = ScanPlainYamlScalar(text_, at_, in_flow);
    const std::size_t end = scalar.end;
    if (end == at_ || end - at_ > kLongestKey || At(end) != ':') return false;
    if (!IsBlankOrBreak(At(end + 1)) || (in_flow && At(end + 1) == '\n')) return false;
    entry.key = scalar.Text(text_, at_);
    if (!scalar.quoted && (IsNullWord(entry.key) || entry.key == "<<")) return false;
    entry.key_span = SpanOf(at_, end);
    at_ = end + 1;
    return ++nodes_ <= kMaxYamlNodes;
  }

  /// Whether the last key of a mapping stands there for the first time.
  static bool IsNew(const YamlNode& node, std::unordered_set<std::string>& keys) {
    const std::vector<YamlEntry>& entries = node.entries;
    if (entries.size() < kManyEntries) {
      return std::none_of(entries.begin(), entries.end() - 1,
                          [&](const YamlEntry& each) { return each.key == entries.back().key; });
    }
    if (keys.empty()) {
      for (const YamlEntry& each : entries) keys.insert(each.key);
      return keys.size() == entries.size();
    }
    return keys.insert(entries.back().key).second;
  }

  bool ReadFlowValue(bool in_flow, YamlNode& value, int depth) {
    if (Here() == '[') return ReadFlowSequence(value, depth + 1);
    if (Here() == '{') return ReadFlowMapping(value, depth + 1);
    const PlainYamlScalar scalar = ScanPlainYamlScalar(text_, at_, in_flow);
    if (scalar.end == at_ || At(scalar.end) == ':' || ++nodes_ > kMaxYamlNodes) return false;
    value.span = SpanOf(at_, scalar.end);
    value.scalar = scalar.Text(text_, at_);
    value.quoted = scalar.quoted;
    value.kind = YamlNode::Kind::kScalar;
    at_ = scalar.end;
    if (scalar.quoted || !IsNullWord(value.scalar)) return true;
    value.kind = YamlNode::Kind::kNull;
    value.scalar.clear();
    return true;
  }

  /// To the next character of a collection in brackets, also over line ends.
  bool SkipInFlow() {
    while (SkipRestOfLine()) {
      if (!NextLine()) return false;
    }
    return Column() > 0;
  }

  /// After a value in brackets: whether there was a comma and another may follow.
  bool SkipComma(char close, bool& more) {
    if (!SkipInFlow()) return false;
    more = Here() == ',';
    if (!more) return Here() == close;
    ++at_;
    return SkipInFlow() && Here() != close;
  }

  bool ReadFlowSequence(YamlNode& node, int depth) {
    if (depth > kDeepest || !Enter(YamlNode::Kind::kSequence, node)) return false;
    ++at_;
    bool more = SkipInFlow() && Here() != ']';
    while (more) {
      if (!ReadFlowValue(true, node.items.emplace_back(), depth)) return false;
      if (!SkipComma(']', more)) return false;
    }
    return Close(']');
  }

  bool ReadFlowMapping(YamlNode& node, int depth) {
    if (depth > kDeepest || !Enter(YamlNode::Kind::kMapping, node)) return false;
    ++at_;
    bool more = SkipInFlow() && Here() != '}';
    std::unordered_set<std::string> keys;
    while (more) {
      YamlEntry& entry = AddEntry(node);
      if (!ReadKey(true, entry) || !IsNew(node, keys)) return false;
      SkipSpaces();
      if (!ReadFlowValue(true, entry.value, depth)) return false;
      if (!SkipComma('}', more)) return false;
    }
    return Close('}');
  }

  bool Close(char bracket) {
    if (Here() != bracket) return false;
    ++at_;
    return true;
  }

  const SourceText& source_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_start_ = 0;
  int line_ = 1;
  std::size_t nodes_ = 0;
  bool ended_ = false;
};

}  // namespace

std::optional<YamlNode> ReadPlainYaml(const SourceText& source) {
  YamlNode root;
  if (!PlainYamlReader(source).ReadDocument(root)) return std::nullopt;
  return root;
}

}  // namespace conform
