#include "page/yaml_text.h"

#include <gtest/gtest.h>

#include "base/yaml_node.h"

namespace conform {
namespace {

nlohmann::json ReadBack(const std::string& yaml) {
  Diagnostics diagnostics;
  const auto node = ParseYaml(SourceText("x.yaml", yaml), diagnostics);
  return node ? ToJson(*node) : nlohmann::json("not YAML: " + diagnostics.RenderAll());
}

TEST(RenderYamlEntry, ReadsBackWhateverTheTextIs) {
  for (const char* text :
       {"plain", "a: b",      "a:b",  "- a",    "-a",          "#a",         "a #b",
        "a#b",   "",          " ",    " a",     "a ",          "true",       "no",
        "~",     "12",        "1.5",  "1e3",    "0x1F",        "2019-01-12", "[a]",
        "{a}",   "a, b",      "it's", "\"q\"",  "@odata.type", "`x`",        "%x",
        "a\nb",  "tab\there", "null", "é ü 中", "a:",          ":a",         "?x",
        "!x",    "&a",        "*a",   "|",      ">",           "---",        "...",
        "<<",    "=",         "a\\b", "\x7f",   "http://x/y",  "\xC2\x85",   "\xEF\xBB\xBFx",
        "1_000", "1:30"}) {
    const nlohmann::json value = {{"k", text}, {"list", {text, "x"}}, {std::string("k") + text, 1}};
    EXPECT_EQ(ReadBack(RenderYamlEntry("top", value, 0)), (nlohmann::json{{"top", value}})) << text;
    const nlohmann::json wide = {{"k", text}, {"list", {text, std::string(100, 'x')}}};
    EXPECT_EQ(ReadBack(RenderYamlEntry("top", wide, 2)), (nlohmann::json{{"top", wide}})) << text;
  }
}

TEST(RenderYamlEntry, KeepsNumbersListsAndNothing) {
  const nlohmann::json value = nlohmann::json::parse(
      R"({"a":1,"b":-2.5,"c":true,"d":null,"e":[],"f":{},"g":[[1,2],[{"h":["x"]}]],"i":1e300,)"
      R"("j":[{"k":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","l":[[],{}]},2]})");
  EXPECT_EQ(ReadBack(RenderYamlEntry("top", value, 0)), (nlohmann::json{{"top", value}}));
}

TEST(RenderYamlEntry, PutsASchemasTypeFirstAndWhatFitsOnOneLine) {
  const nlohmann::json schema = nlohmann::json::parse(
      R"({"properties":{"id":{"type":"string"}},"required":["id"],"type":"object"})");
  EXPECT_EQ(RenderYamlEntry("schema", schema, 0),
            "schema: {type: object, required: [id], properties: {id: {type: string}}}\n");
}

}  // namespace
}  // namespace conform
