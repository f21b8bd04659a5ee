#include "page/parameter_reader.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "contract/path_template.h"
#include "page/page_words.h"
#include "page/plain_text.h"
#include "page/property_table.h"
#include "page/sections.h"
#include "page/status_sentence.h"

namespace conform {
namespace {

/// OData's system query options, and which take a number.
constexpr std::array<std::string_view, 12> kOptions = {
    "$apply",   "$count",  "$deltatoken", "$expand",    "$filter", "$format",
    "$orderby", "$search", "$select",     "$skiptoken", "$skip",   "$top"};

nlohmann::json SchemaOfOption(const std::string& option) {
  if (option == "$top" || option == "$skip") return {{"type", "integer"}};
  if (option == "$count") return {{"type", "boolean"}};
  return {{"type", "string"}};
}

class ParameterReader {
 public:
  ParameterReader(const PageContext& context, const DocumentedRequest& request)
      : context_(context), request_(request) {}

  std::vector<ParameterFact> Read() {
    ReadPaths();
    for (const PlacedRequest& each : request_.lines) ReadQuery(each);
    for (const Section section :
         {Section::kQueryParameters, Section::kPathParameters, Section::kFunctionParameters}) {
      for (const Block* block : BlocksOf(context_.page, section)) ReadBlock(*block);
    }
    return std::move(facts_);
  }

 private:
  ParameterFact* Find(const std::string& name) {
    const auto found = std::find_if(facts_.begin(), facts_.end(), [&](const ParameterFact& fact) {
      return fact.parameter.name == name;
    });
    return found == facts_.end() ? nullptr : &*found;
  }

  void Add(const std::string& name, Parameter::In in, bool required, nlohmann::json schema,
           const Place& place) {
    if (Find(name) != nullptr) return;
    facts_.push_back({{name, in, required, std::move(schema)}, {place}});
  }

  void ReadPaths() {
    for (const PlacedRequest& each : request_.lines) {
      for (const std::string& name : PlaceholdersOf(each.line.path)) {
        Add(name, Parameter::In::kPath, true, {{"type", "string"}}, each.place);
      }
    }
  }

  /// What stands in every request line is needed; an OData option never is.
  void ReadQuery(const PlacedRequest& request) {
    for (const auto& [name, value] : request.line.query) {
      const std::string& wanted = name;
      const bool in_all =
          std::all_of(request_.lines.begin(), request_.lines.end(), [&](const PlacedRequest& each) {
            return std::any_of(each.line.query.begin(), each.line.query.end(),
                               [&](const auto& pair) { return pair.first == wanted; });
          });
      const bool option = name.starts_with('$');
      Add(name, Parameter::In::kQuery, in_all && !option,
          option ? SchemaOfOption(name) : nlohmann::json{{"type", "string"}}, request.place);
    }
  }

  void ReadBlock(const Block& block) {
    if (block.kind == Block::Kind::kParagraph) ReadOptions(block);
    if (block.kind != Block::Kind::kTable) return;
    for (PropertyRow& row : ReadPropertyTable(context_, block)) {
      if (row.schema.empty()) row.schema = {{"type", "string"}};
      if (ParameterFact* known = Find(row.name)) {
        // What stands braces around is the value: `period='{period_value}'`.
        const bool in_path = known->parameter.in == Parameter::In::kPath;
        if (!in_path && row.optional) known->parameter.required = false;
        if (!row.name.starts_with('$')) known->parameter.schema = row.schema;
        continue;
      }
      if (block.section != Section::kQueryParameters) continue;
      const bool option = row.name.starts_with('$');
      Add(row.name, Parameter::In::kQuery, row.required && !option,
          option ? SchemaOfOption(row.name) : row.schema, row.place);
    }
  }

  void ReadOptions(const Block& block) {
    if (block.section != Section::kQueryParameters || block.quoted) return;
    static const RE2 kOption(R"((\$[a-zA-Z]+|@[a-zA-Z]+\.[a-zA-Z.]*[a-zA-Z]))");
    for (const std::string& sentence : SplitSentences(block.passage.Text())) {
      if (HasWord(sentence, Word::kNotSupported)) continue;
      const std::string plain = WithoutMarks(sentence);
      re2::StringPiece rest(plain);
      std::string option;
      while (RE2::FindAndConsume(&rest, kOption, &option)) {
        const std::string lower = ToLower(option);
        if (lower == "$orderby") option = lower;
        const bool known = std::find(kOptions.begin(), kOptions.end(), lower) != kOptions.end();
        if (!known && option.front() == '$') continue;
        Add(option, Parameter::In::kQuery, false, SchemaOfOption(option), PlaceOf(block));
      }
    }
  }

  const PageContext& context_;
  const DocumentedRequest& request_;
  std::vector<ParameterFact> facts_;
};

}  // namespace

std::vector<ParameterFact> ReadParameters(const PageContext& context,
                                          const DocumentedRequest& request) {
  return ParameterReader(context, request).Read();
}

}  // namespace conform
