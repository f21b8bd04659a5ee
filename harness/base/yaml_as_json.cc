#include "base/yaml_as_json.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>
#include <unordered_map>

#include "base/ascii.h"
#include "base/json_text.h"
#include "base/yaml_advice.h"
#include "base/yaml_node.h"
#include "base/yaml_place.h"

namespace conform {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostText = std::size_t{256} * 1024 * 1024;

/// What no number, null or boolean begins with.
bool IsSurelyText(const std::string& plain) {
  if (plain.empty()) return false;
  const char first = ToLower(plain.front());
  return IsLower(first) && first != 't' && first != 'f' && first != 'n';
}

/// Writes JSON as the events come.
class JsonWriter final : public YAML::EventHandler {
 public:
  /// Thrown through yaml-cpp, which knows no other way to be stopped.
  struct Stop {};

  JsonWriter(const SourceText& source, Diagnostics& diagnostics)
      : source_(source), diagnostics_(diagnostics) {
    written_.text.reserve(source.text().size());
  }

  YamlAsJson Take() { return std::move(written_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ > 0) ComplainAndStop(mark, "a second document begins here");
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    if (ExpectsKey()) ComplainAndStop(mark, "a key must be text, not nothing");
    Append(mark, anchor, "null");
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = anchored_.find(anchor);
    if (found == anchored_.end())
      ComplainAndStop(mark, "the alias stands inside what it stands for");
    const Range range = found->second;
    if (ExpectsKey() && written_.text[range.begin] != '"')
      ComplainAndStop(mark, "a key must be text");
    if (open_.size() + range.height > static_cast<std::size_t>(kMaxYamlDepth)) TooDeep(mark);
    Begin();
    CheckSize(mark, range.end - range.begin);
    if (!open_.empty()) open_.back().height = std::max(open_.back().height, range.height + 1);
    // The text may move as it grows.
    const std::string copy = written_.text.substr(range.begin, range.end - range.begin);
    written_.text += copy;
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    CheckTag(mark, tag);
    const bool quoted = tag != "?";
    if (quoted && !IsClosedScalar(source_, mark))
      ComplainAndStop(mark, "not YAML: the quotes are never closed");
    const bool key = ExpectsKey();
    if (key && !quoted && value == "<<")
      ComplainAndStop(mark, "'<<' merges another mapping into this one",
                      "write the keys out: in so large a file nothing is merged");
    const bool text = key || quoted || IsSurelyText(value);
    const Json json =
        text ? Json(value) : ToJson({YamlNode::Kind::kScalar, false, value, {}, {}, {}});
    Append(mark, anchor, WriteJsonText(json));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    Open(mark, tag, anchor, '[');
  }
  void OnSequenceEnd() override { Close(']'); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    if (ExpectsKey()) ComplainAndStop(mark, "a key must be text, not a mapping");
    Open(mark, tag, anchor, '{');
  }
  void OnMapEnd() override { Close('}'); }

 private:
  struct Range {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t height = 0;  // levels of lists and mappings
  };
  struct OpenCollection {
    bool mapping = false;
    std::size_t parts = 0;  // keys and values, or items
    std::size_t begin = 0;
    std::size_t height = 1;
    YAML::anchor_t anchor = YAML::NullAnchor;
  };

  [[noreturn]] void ComplainAndStop(const YAML::Mark& mark, std::string message,
                                    std::string advice = "") {
    diagnostics_.Add(source_, SpanAt(source_, mark), std::move(message), std::move(advice));
    throw Stop();
  }
  [[noreturn]] void TooDeep(const YAML::Mark& mark) {
    ComplainAndStop(mark, fmt::format("nested over {} levels deep", kMaxYamlDepth));
  }
  void CheckSize(const YAML::Mark& mark, std::size_t more) {
    if (written_.text.size() + more <= kMostText) return;
    ComplainAndStop(mark, fmt::format("the file unfolds to over {} MiB", kMostText >> 20));
  }
  void CheckTag(const YAML::Mark& mark, const std::string& tag) {
    if (tag == "?" || tag == "!" || tag.empty() || tag == "tag:yaml.org,2002:str") return;
    ComplainAndStop(mark, fmt::format("the tag '{}' is not read", tag));
  }

  bool ExpectsKey() const {
    return !open_.empty() && open_.back().mapping && open_.back().parts % 2 == 0;
  }

  /// What stands before a value: nothing, a comma or a colon.
  void Begin() {
    if (open_.empty()) return;
    OpenCollection& parent = open_.back();
    if (parent.parts > 0) written_.text += parent.mapping && parent.parts % 2 == 1 ? ':' : ',';
    ++parent.parts;
  }

  void NotePlace(const YAML::Mark& mark) {
    written_.places.push_back({static_cast<std::uint32_t>(written_.text.size()),
                               static_cast<std::uint32_t>(mark.line + 1),
                               static_cast<std::uint32_t>(mark.column)});
  }

  void Append(const YAML::Mark& mark, YAML::anchor_t anchor, const std::string& json) {
    Begin();
    CheckSize(mark, json.size());
    NotePlace(mark);
    const std::size_t begin = written_.text.size();
    written_.text += json;
    if (anchor != YAML::NullAnchor) anchored_[anchor] = {begin, written_.text.size(), 0};
  }

  void Open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, char bracket) {
    if (bracket == '[' && ExpectsKey()) ComplainAndStop(mark, "a key must be text, not a list");
    CheckTag(mark, tag);
    if (open_.size() >= static_cast<std::size_t>(kMaxYamlDepth)) TooDeep(mark);
    Begin();
    CheckSize(mark, 2);
    NotePlace(mark);
    open_.push_back({bracket == '{', 0, written_.text.size(), 1, anchor});
    written_.text += bracket;
  }

  void Close(char bracket) {
    const OpenCollection closed = open_.back();
    open_.pop_back();
    written_.text += bracket;
    if (!open_.empty()) open_.back().height = std::max(open_.back().height, closed.height + 1);
    if (closed.anchor != YAML::NullAnchor)
      anchored_[closed.anchor] = {closed.begin, written_.text.size(), closed.height};
  }

  const SourceText& source_;
  Diagnostics& diagnostics_;
  YamlAsJson written_;
  std::size_t documents_ = 0;
  std::vector<OpenCollection> open_;
  std::unordered_map<YAML::anchor_t, Range> anchored_;
};

}  // namespace

Span YamlAsJson::PlaceOf(std::size_t at, const SourceText& source) const {
  const auto found =
      std::lower_bound(places.begin(), places.end(), at,
                       [](const Place& place, std::size_t wanted) { return place.at < wanted; });
  if (found == places.end() || found->at != at) return {1, 1, 1};
  const int line = static_cast<int>(found->line);
  return {line, source.Column(line, found->column), 1};
}

std::optional<YamlAsJson> ReadYamlAsJson(const SourceText& source, Diagnostics& diagnostics) {
  JsonWriter writer(source, diagnostics);
  try {
    std::istringstream stream(source.text());
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(writer)) {
    }
  } catch (const YAML::Exception& mistake) {
    diagnostics.Add(source, SpanAt(source, mistake.mark), "not YAML: " + mistake.msg,
                    AdviseOn(mistake, source));
    return std::nullopt;
  } catch (const JsonWriter::Stop&) {
    return std::nullopt;
  }
  YamlAsJson written = writer.Take();
  if (!written.text.empty() && written.text != "null") return written;
  diagnostics.Add(source, Span{}, "the file is empty", "write something into it, or delete it");
  return std::nullopt;
}

}  // namespace conform
