#include "page/body_reader.h"

#include <fmt/format.h>

#include "base/http_text.h"
#include "contract/spelling.h"
#include "page/page_words.h"
#include "page/plain_text.h"
#include "page/property_table.h"
#include "page/sections.h"

namespace conform {
namespace {

class BodyReader {
 public:
  BodyReader(const PageContext& context, const DocumentedRequest& request, const Examples& examples)
      : context_(context), request_(request), examples_(examples) {}

  BodyFact Read(const std::string& media_type) {
    names_content_ = !media_type.empty();
    for (const Block* block : BlocksOf(context_.page, Section::kBody)) ReadBlock(*block);
    const bool shown = examples_.request && !examples_.request->body.empty();
    if (IsNone(shown)) return {{}, places_};
    return {BodyOf(media_type, shown), places_};
  }

 private:
  void ReadBlock(const Block& block) {
    if (block.kind == Block::Kind::kParagraph && !block.quoted) {
      const std::string text = block.passage.Text();
      if (first_line_ == 0) {
        first_line_ = block.passage.first_line;
        places_.push_back(PlaceOf(block));
      }
      optional_ = optional_ || (rows_.empty() && HasWord(text, Word::kOptional));
      says_none_ = says_none_ || HasWord(text, Word::kNoBody) || HasWord(text, Word::kNotSupported);
      names_content_ = names_content_ || text.find("JSON") != std::string::npos ||
                       text.find("](") != std::string::npos;
    } else if (block.kind == Block::Kind::kTable) {
      if (first_line_ == 0) places_.push_back(PlaceOf(block));
      first_line_ = first_line_ == 0 ? block.passage.first_line : first_line_;
      for (PropertyRow& row : ReadPropertyTable(context_, block)) rows_.push_back(std::move(row));
    } else if (block.kind == Block::Kind::kCode && sample_.is_null()) {
      ExampleMessage sample;
      sample.body = block.code;
      const std::size_t begin = sample.body.find_first_not_of(" \t\n");
      const bool object = begin != std::string::npos && sample.body[begin] == '{';
      sample.body_place = PlaceOf(block);
      if (object) sample_ = JsonOf(context_, sample);
    }
  }

  /// Told, or shown by an example without a body.
  bool IsNone(bool shown) {
    const bool described = !rows_.empty() || !sample_.is_null();
    const bool safe =
        request_.method == "GET" || request_.method == "HEAD" || request_.method == "DELETE";
    if (first_line_ == 0) {
      places_.push_back(request_.lines.front().place);
      if (!shown && !safe) {
        context_.Warn(places_.front().first_line,
                      "nothing is said of a request body; none is taken");
      }
      return !shown;
    }
    if (says_none_ && !described && !shown) return true;
    if (safe && !shown && !(described && request_.method == "DELETE")) return true;
    if (described || shown) return false;
    if (!names_content_) {
      context_.Warn(first_line_, "what body is asked for is not understood; none is taken");
    }
    return !names_content_;
  }

  RequestBodyRule BodyOf(const std::string& media_type, bool shown) {
    RequestBodyRule rule;
    rule.none = false;
    rule.required = !optional_;
    MediaContent content;
    const std::string field = shown ? examples_.request->Field("Content-Type") : "";
    content.media_type = MediaTypeIn(media_type.empty() ? field : media_type);
    if (IsJsonType(content.media_type)) {
      if (shown) content.example = JsonOf(context_, *examples_.request);
      if (content.example.is_null()) content.example = sample_;
      content.schema = SchemaOf(content.example);
    }
    rule.content.push_back(std::move(content));
    return rule;
  }

  nlohmann::json SchemaOf(const nlohmann::json& example) {
    if (rows_.empty()) return example.is_null() ? nlohmann::json() : SchemaOfExample(example);
    nlohmann::json schema = {{"type", "object"}, {"properties", nlohmann::json::object()}};
    nlohmann::json required = nlohmann::json::array();
    for (const PropertyRow& row : rows_) {
      if (schema["properties"].contains(row.name)) continue;
      schema["properties"][row.name] = row.schema;
      if (row.required && request_.method == "POST") required.push_back(row.name);
    }
    if (!required.empty()) schema["required"] = required;
    return schema;
  }

  const PageContext& context_;
  const DocumentedRequest& request_;
  const Examples& examples_;
  std::vector<Place> places_;
  std::vector<PropertyRow> rows_;
  nlohmann::json sample_;
  int first_line_ = 0;
  bool says_none_ = false;
  bool optional_ = false;
  bool names_content_ = false;
};

}  // namespace

std::string MediaTypeIn(const std::string& field) {
  std::string type = ToLower(WithoutParameters(field));
  return IsMediaType(type) ? type : "application/json";
}

BodyFact ReadBody(const PageContext& context, const DocumentedRequest& request,
                  const Examples& examples, const std::string& media_type) {
  return BodyReader(context, request, examples).Read(media_type);
}

}  // namespace conform
