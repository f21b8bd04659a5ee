#include <fmt/format.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>

#include "base/plain_yaml.h"
#include "base/utf8.h"
#include "base/yaml_advice.h"
#include "base/yaml_node.h"
#include "base/yaml_place.h"
#include "base/yaml_tree_builder.h"

namespace conform {
namespace {

/// An open bracket is blamed itself: yaml-cpp's mark is wherever it gave up.
Span PlaceOf(const YAML::Exception& mistake, const SourceText& source,
             const YamlTreeBuilder& builder) {
  Span bracket;
  if (mistake.msg == "end of sequence flow not found") {
    bracket = builder.InnermostOpen(YamlNode::Kind::kSequence);
  } else if (mistake.msg == "end of map flow not found") {
    bracket = builder.InnermostOpen(YamlNode::Kind::kMapping);
  }
  return bracket.line > 0 ? bracket : SpanAt(source, mistake.mark);
}

/// The offset of a character that YAML 1.2 (§5.1) does not allow in a file. yaml-cpp takes some for
/// the end of the file or for another encoding, and drops carriage returns.
std::size_t FindForbidden(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if ((c >= 0 && c < ' ' && c != '\n' && c != '\t' && c != '\r') || c == '\x7f') return at;
    if (c == '\r' && !text.substr(at + 1).starts_with('\n')) return at;
  }
  return FindMalformedUtf8(text).value_or(std::string_view::npos);
}

/// False, and a diagnostic, where the text holds a forbidden character.
bool CheckCharacters(const SourceText& source, Diagnostics& diagnostics) {
  const std::string_view text = source.text();
  const std::size_t at = FindForbidden(text);
  if (at == std::string_view::npos) return true;
  const std::string_view before = text.substr(0, at);
  const int line = 1 + static_cast<int>(std::count(before.begin(), before.end(), '\n'));
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  diagnostics.Add(source, {line, source.Column(line, at - line_start), 1},
                  fmt::format("not YAML: the character {}", ShowLine(text.substr(at, 1))),
                  "remove it, or write it as an escape in double quotes");
  return false;
}

}  // namespace

std::optional<YamlNode> ParseYamlByEvents(const SourceText& source, Diagnostics& diagnostics,
                                          YamlMerges merges) {
  if (!CheckCharacters(source, diagnostics)) return std::nullopt;
  YamlTreeBuilder builder(source, diagnostics, merges);
  try {
    std::istringstream stream(source.text());
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::Exception& mistake) {
    diagnostics.Add(source, PlaceOf(mistake, source, builder), "not YAML: " + mistake.msg,
                    AdviseOn(mistake, source));
    return std::nullopt;
  } catch (const YamlTreeBuilder::Stop&) {
    return std::nullopt;
  }
  if (!builder.clean()) return std::nullopt;
  YamlNode root = builder.TakeRoot();
  if (root.kind == YamlNode::Kind::kNull) {
    diagnostics.Add(source, Span{}, "the file is empty", "write something into it, or delete it");
    return std::nullopt;
  }
  return root;
}

std::optional<YamlNode> ParseYaml(const SourceText& source, Diagnostics& diagnostics,
                                  YamlMerges merges) {
  std::optional<YamlNode> root = ReadPlainYaml(source);
  return root ? std::move(root) : ParseYamlByEvents(source, diagnostics, merges);
}

}  // namespace conform
