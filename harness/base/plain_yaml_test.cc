#include "base/plain_yaml.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <random>

#include "base/utf8.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

/// Everything that a tree says, places included.
void Tell(const YamlNode& node, std::string& told) {
  constexpr std::array<std::string_view, 4> kKinds = {"null", "scalar", "list", "mapping"};
  const auto tell_span = [&told](const Span& span) {
    told += "@" + std::to_string(span.line) + ":" + std::to_string(span.column) + "+" +
            std::to_string(span.length);
  };
  told += kKinds.at(static_cast<std::size_t>(node.kind));
  told += node.quoted ? "\"" : "'";
  told += node.scalar + "'";
  tell_span(node.span);
  told += '(';
  for (const YamlNode& item : node.items) Tell(item, told);
  for (const YamlEntry& entry : node.entries) {
    told += entry.key;
    tell_span(entry.key_span);
    told += '=';
    Tell(entry.value, told);
  }
  told += ")\n";
}

std::string Told(const std::optional<YamlNode>& node) {
  std::string told;
  if (node) Tell(*node, told);
  return told;
}

std::string ByEvents(const SourceText& source) {
  Diagnostics diagnostics;
  return Told(ParseYamlByEvents(source, diagnostics));
}

/// Told in full by yaml-cpp, or left to it.
bool IsReadAlike(const std::string& text) {
  const SourceText source("x.yaml", text);
  const auto plain = ReadPlainYaml(source);
  if (!plain) return true;
  EXPECT_EQ(Told(plain), ByEvents(source)) << "of this text:\n" << text;
  return Told(plain) == ByEvents(source);
}

struct PlainRow {
  std::string_view name;
  std::string_view text;
};
void PrintTo(const PlainRow& row, std::ostream* out) { *out << row.name; }

class PlainYaml : public testing::TestWithParam<PlainRow> {};

TEST_P(PlainYaml, IsReadAsYamlCppReadsIt) {
  const SourceText source("x.yaml", std::string(GetParam().text));
  const auto plain = ReadPlainYaml(source);
  ASSERT_TRUE(plain) << "it was left to yaml-cpp";
  EXPECT_EQ(Told(plain), ByEvents(source));
}

INSTANTIATE_TEST_SUITE_P(
    Of, PlainYaml,
    testing::Values(
        PlainRow{"AMapping", "a: b\nc: d e  f\n"}, PlainRow{"NoLastLineEnd", "a: b"},
        PlainRow{"AMappingInAMapping", "a:\n  b: c\n  d:\n      e: f\ng: h\n"},
        PlainRow{"AList", "- a\n- b\n"}, PlainRow{"AListAsFarLeftAsItsKey", "a:\n- b\n- c\nd: e\n"},
        PlainRow{"AListOfMappings", "a:\n  - b: c\n    d: e\n  -\n    f: g\n"},
        PlainRow{"AListOfLists", "- - a\n  - b\n-\n  - c\n"},
        PlainRow{"Brackets", "a: [b, c d, \"e\"]\nf: {g: h, i: [j, {k: l}], m: {}, n: []}\n"},
        PlainRow{"BracketsOverLines", "a: [b,  # one\n   c\n  ]\nd: {e: f,\n  g: h}\n"},
        PlainRow{"Quotes", "a: \"b \\\"c\\\" \\\\ \\/ \\n d\"\n'e''f': 'it''s # no: comment'\n"},
        PlainRow{"ABackslashBeforeAnN", "a: \"b\\\\n\"\nc: \"n\"\nd: \"\\\\\\n\"\n"},
        PlainRow{"Comments", "# one\n\na: b # two\n  # three\nc: d#e\n#four"},
        PlainRow{"AddressesAndPlaceholders", "a: http://b/c?d=e\nf: Bearer ${token}\ng: /h/{i}\n"},
        PlainRow{"TextOverLines", "a: b c\n  d, e\n    f?g # h\ni:\n- j\n k\n"},
        PlainRow{"Numbers", "200: -5\na: 4xx\nb: [+1, .5, 1e3]\n"},
        PlainRow{"NothingInWords", "a: null\nb: {c: Null, d: [NULL]}\n"},
        PlainRow{"OtherScripts", "ключ: значение …\nb: [\"ä\", ö]  # ü\n"},
        PlainRow{"ManyKeys",
                 "a: 1\nb: 1\nc: 1\nd: 1\ne: 1\nf: 1\ng: 1\nh: 1\ni: 1\nj: 1\nk: 1\n"
                 "l: 1\nm: 1\nn: 1\no: 1\np: 1\nq: 1\nr: 1\n"}),
    [](const auto& row) { return std::string(row.param.name); });

class NotPlainYaml : public testing::TestWithParam<PlainRow> {};

TEST_P(NotPlainYaml, IsLeftToYamlCpp) {
  EXPECT_FALSE(ReadPlainYaml(SourceText("x.yaml", std::string(GetParam().text))));
}

INSTANTIATE_TEST_SUITE_P(
    Of, NotPlainYaml,
    testing::Values(
        PlainRow{"Nothing", ""}, PlainRow{"AScalarAlone", "a\n"},
        PlainRow{"AnEmptyValue", "a:\nb: c\n"}, PlainRow{"AnEmptyItem", "-\n- a\n"},
        PlainRow{"ADuplicateKey", "a: b\na: c\n"}, PlainRow{"ADuplicateInBrackets", "{a: b, a: c}"},
        PlainRow{"ADuplicateAmongMany",
                 "a: 1\nb: 1\nc: 1\nd: 1\ne: 1\nf: 1\ng: 1\nh: 1\ni: 1\nj: 1\nk: 1\nl: 1\n"
                 "m: 1\nn: 1\no: 1\np: 1\nq: 1\nb: 1\n"},
        PlainRow{"AMergeKey", "<<: a\n"}, PlainRow{"AnAnchor", "a: &b c\n"},
        PlainRow{"AnAlias", "a: *b\n"}, PlainRow{"ATag", "a: !!str b\n"},
        PlainRow{"ABlockScalar", "a: |\n  b\n"}, PlainRow{"ATextOverEmptyLines", "a: b\n\n  c\n"},
        PlainRow{"ATextBehindAComment", "a: b # c\n  d\n"},
        PlainRow{"QuotesOverLines", "a: \"b\n  c\"\n"},
        PlainRow{"ASeldomEscape", "a: \"\\u0041\"\n"},
        PlainRow{"ASecondDocument", "a: b\n---\nc: d\n"}, PlainRow{"ADirective", "%YAML 1.2\n"},
        PlainRow{"ATab", "a:\tb\n"}, PlainRow{"ACarriageReturn", "a: b\r\n"},
        PlainRow{"ItsIndentationWrong", "a:\n  b: c\n d: e\n"},
        PlainRow{"AnOpenBracket", "a: [b\nc: d\n"}, PlainRow{"TwoColons", "a: b: c\n"}),
    [](const auto& row) { return std::string(row.param.name); });

std::vector<std::string> FilesOfThisRepository() {
  std::vector<std::string> texts;
  for (const char* folder : {"/cases", "/specs", "/harness/testdata"}) {
    for (const fs::directory_entry& each :
         fs::recursive_directory_iterator(std::string(CONFORM_SOURCE) + folder)) {
      if (each.path().extension() != ".yaml") continue;
      if (const auto source = SourceText::Load(each.path())) texts.push_back((*source)->text());
    }
  }
  return texts;
}

TEST(PlainYamlReader, ReadsTheFilesOfThisRepositoryAsYamlCppDoes) {
  for (const std::string& text : FilesOfThisRepository()) IsReadAlike(text);
}

/// Cuts, doubles and swaps what YAML is made of.
TEST(PlainYamlReader, ReadsNoSpoiltFileOtherwiseThanYamlCpp) {
  constexpr std::array<std::string_view, 34> kParts = {
      " ", "  ",   "\n",  "\n  ", ":",  ": ", "- ", "-", "#",   " #", ",",   "[",
      "]", "{",    "}",   "\"",   "'",  "\\", "|",  ">", "&a ", "*a", "!t ", "? ",
      "~", "null", "---", "...",  "<<", "%",  "\t", "ä", "a",   "0"};
  std::mt19937 random(20261125);
  const std::vector<std::string> texts = FilesOfThisRepository();
  const auto pick = [&random](std::size_t size) {
    return std::uniform_int_distribution<std::size_t>(0, size - 1)(random);
  };
  for (int i = 0; i < 1500; ++i) {
    std::string text = texts[pick(texts.size())];
    const std::size_t begin = text.find('\n', pick(text.size()));
    text = text.substr(begin == std::string::npos ? 0 : begin + 1).substr(0, 300);
    for (std::size_t n = pick(3); n > 0 && !text.empty(); --n) {
      text.replace(pick(text.size()), pick(3), kParts.at(pick(kParts.size())));
    }
    if (!IsReadAlike(text)) break;
  }
}

}  // namespace
}  // namespace conform
