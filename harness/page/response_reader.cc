#include "page/response_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/http_text.h"
#include "page/body_reader.h"
#include "page/page_words.h"
#include "page/plain_text.h"
#include "page/sections.h"
#include "page/status_sentence.h"

namespace conform {
namespace {

struct PlacedMention {
  StatusMention mention;
  Place place;
  Section section = Section::kResponse;
};

bool ForbidsContent(int status) { return status == 204 || status == 304; }

class ResponseReader {
 public:
  ResponseReader(const PageContext& context, const DocumentedRequest& request,
                 const Examples& examples)
      : context_(context), request_(request), examples_(examples) {}

  std::vector<ResponseFact> Read() {
    Gather();
    const int success = ChooseSuccess();
    ResponseFact last;
    last.rule.status = success;
    std::vector<ResponseFact> facts;
    for (const PlacedMention& each : mentions_) {
      if (each.mention.status == success) {
        AddPlace(last, each.place);
      } else {
        AddOther(each, facts);
      }
    }
    if (last.places.empty()) last.places.push_back(success_place_);
    facts.push_back(std::move(last));
    for (ResponseFact& fact : facts) AddContent(fact, success);
    return facts;
  }

 private:
  void Gather() {
    const bool has_section = !BlocksOf(context_.page, Section::kResponse).empty();
    for (const Block& block : context_.page.blocks) {
      const Section section = block.section;
      if (section == Section::kHeaders && block.kind == Block::Kind::kTable) GatherRows(block);
      const bool counts = section == Section::kIntroduction || section == Section::kResponse ||
                          section == Section::kErrors ||
                          (!has_section && section == Section::kExampleResponse);
      if (!counts || block.kind == Block::Kind::kHeading) {
        if (!counts) WarnOfOther(block);
        continue;
      }
      if (block.kind == Block::Kind::kParagraph) GatherText(block);
      if (block.kind == Block::Kind::kTable && section != Section::kIntroduction)
        GatherTable(block);
    }
  }

  void GatherText(const Block& block) {
    for (const Sentence& written : block.passage.sentences) {
      Passage passage = block.passage;
      passage.sentences = {written};
      for (const std::string& sentence : SplitSentences(written.text)) {
        for (StatusMention& mention : FindStatuses(sentence)) {
          Take({std::move(mention), PlaceOf(block, passage), block.section});
        }
      }
    }
  }

  void Take(PlacedMention each) {
    if (!each.mention.denied) return mentions_.push_back(std::move(each));
    context_.Warn(each.place.first_line,
                  fmt::format("{} is said to be no answer, and is left out", each.mention.status),
                  "write it by hand where it is one");
  }

  /// What a header field brings about is told in its row.
  void GatherRows(const Block& block) {
    for (const std::vector<Passage>& row : block.table.rows) {
      for (const Passage& cell : row) {
        for (const std::string& sentence : SplitSentences(cell.Text())) {
          for (StatusMention& mention : FindStatuses(sentence)) {
            Take({std::move(mention), PlaceOfRow(block, row), Section::kHeaders});
          }
        }
      }
    }
  }

  /// A table with a column of status codes.
  void GatherTable(const Block& block) {
    const auto& header = block.table.header;
    const bool coded = std::any_of(header.begin(), header.end(), [](const Passage& cell) {
      return HasWord(cell.Text(), Word::kCode);
    });
    if (!coded) return;
    for (const std::vector<Passage>& row : block.table.rows) {
      std::string text = "HTTP code ";
      std::string others;
      bool found = false;
      for (const Passage& cell : row) {
        const bool here = !found && FindStatuses("code " + cell.Text()).size() == 1;
        found = found || here;
        (here ? text : others) += cell.Text() + " ";
      }
      if (!found) continue;
      for (StatusMention& mention : FindStatuses(text)) {
        mention.about = others.empty() ? mention.about : others;
        Take({std::move(mention), PlaceOfRow(block, row), Section::kErrors});
      }
    }
  }

  /// Other sections speak of other requests; what they say of codes is shown, not taken.
  void WarnOfOther(const Block& block) {
    if (block.section != Section::kOther || block.kind != Block::Kind::kParagraph) return;
    for (const StatusMention& mention : FindStatuses(block.passage.Text())) {
      context_.Warn(block.passage.first_line,
                    fmt::format("{} is spoken of under '{}', and is left out", mention.status,
                                block.heading));
    }
  }

  int ChooseSuccess() {
    for (const Section section : {Section::kResponse, Section::kIntroduction, Section::kErrors,
                                  Section::kExampleResponse}) {
      for (const PlacedMention& each : mentions_) {
        if (each.section == section && IsSuccessStatus(each.mention.status))
          return each.mention.status;
      }
    }
    for (const PlacedMention& each : mentions_) {
      // A redirection is the answer itself where the page knows no other.
      if (each.mention.status == 302 || each.mention.status == 307) return each.mention.status;
    }
    const Block* section = nullptr;
    for (const Block* block : BlocksOf(context_.page, Section::kResponse)) {
      if (section == nullptr) section = block;
    }
    success_place_ = section != nullptr ? PlaceOf(*section) : request_.lines.front().place;
    if (examples_.response && examples_.response->status < 400) {
      context_.Warn(success_place_.first_line,
                    fmt::format("no answer is named here; {} is taken from the example",
                                examples_.response->status));
      success_place_ = examples_.response->place;
      return examples_.response->status;
    }
    const int usual = request_.method == "DELETE" ? 204 : request_.method == "POST" ? 201 : 200;
    context_.Warn(
        success_place_.first_line,
        fmt::format("no answer is named, and none is shown; {} is taken, as is usual for {}", usual,
                    request_.method));
    return usual;
  }

  static void AddPlace(ResponseFact& fact, const Place& place) {
    const auto same = [&place](const Place& known) {
      return known.ids == place.ids && known.first_line == place.first_line;
    };
    if (std::none_of(fact.places.begin(), fact.places.end(), same)) fact.places.push_back(place);
  }

  void AddOther(const PlacedMention& each, std::vector<ResponseFact>& facts) {
    const int status = each.mention.status;
    for (ResponseFact& known : facts) {
      if (known.rule.status == status) return AddPlace(known, each.place);
    }
    ResponseFact fact;
    fact.rule.status = status;
    fact.rule.when = ReadCondition(each.mention.about);
    if (status < 400 && fact.rule.when.kind != Condition::Kind::kStated) {
      fact.rule.when = {Condition::Kind::kStated, "the operation is still at work", {}};
    }
    if (fact.rule.when.kind == Condition::Kind::kStated) {
      context_.Warn(each.place.first_line,
                    fmt::format("when {} is answered is told in words alone", status),
                    "taken as `if:`, which nothing can establish; write `while:` or `within:` by "
                    "hand where it is one");
    } else if (fact.rule.when.kind == Condition::Kind::kWhile) {
      context_.Warn(each.place.first_line,
                    fmt::format("how long '{}' lasts is not said", fact.rule.when.state),
                    "the mock takes two minutes; change `mock:` by hand");
    }
    fact.places = {each.place};
    facts.push_back(std::move(fact));
  }

  const ExampleMessage* ExampleOf(int status) const {
    if (examples_.response && examples_.response->status == status) return &*examples_.response;
    for (const ExampleMessage& each : examples_.responses) {
      if (each.status == status) return &each;
    }
    return nullptr;
  }

  void AddContent(ResponseFact& fact, int success) {
    const ExampleMessage* example = ExampleOf(fact.rule.status);
    if (example != nullptr) fact.example_place = example->place;
    if (ForbidsContent(fact.rule.status) || fact.rule.status >= 300) return;
    if (example != nullptr && !example->body.empty()) {
      MediaContent content;
      content.media_type = MediaTypeIn(example->Field("Content-Type"));
      if (IsJsonType(content.media_type)) {
        content.example = JsonOf(context_, *example);
        if (!content.example.is_null()) content.schema = SchemaOfExample(content.example);
      }
      fact.rule.content.push_back(std::move(content));
      return;
    }
    // A resource that is only spoken of; 202 mostly has none.
    if (fact.rule.status != success || fact.rule.status == 202) return;
    for (const PlacedMention& each : mentions_) {
      const bool object = each.mention.status == success && each.section == Section::kResponse &&
                          each.mention.about.find("](") != std::string::npos;
      if (!object || !fact.rule.content.empty()) continue;
      MediaContent content;
      content.media_type = "application/json";
      fact.rule.content.push_back(std::move(content));
    }
  }

  const PageContext& context_;
  const DocumentedRequest& request_;
  const Examples& examples_;
  std::vector<PlacedMention> mentions_;
  Place success_place_;
};

}  // namespace

std::vector<ResponseFact> ReadResponses(const PageContext& context,
                                        const DocumentedRequest& request,
                                        const Examples& examples) {
  return ResponseReader(context, request, examples).Read();
}

}  // namespace conform
