#include "page/sections.h"

#include "page/page_words.h"
#include "page/plain_text.h"

namespace conform {
namespace {

bool IsExample(Section section) {
  return section == Section::kExample || section == Section::kExampleRequest ||
         section == Section::kExampleResponse;
}

/// What a heading announces where it stands among examples.
Section InExample(Section found) {
  switch (found) {
    case Section::kResponse:
    case Section::kErrors:
      return Section::kExampleResponse;
    case Section::kExample:
    case Section::kOther:
      return Section::kExample;
    default:
      return Section::kExampleRequest;
  }
}

class Assigner {
 public:
  void See(Block& block) {
    if (block.kind == Block::Kind::kHeading) Open(block);
    const Part& part = parts_.back();
    block.section = part.section;
    block.heading = part.heading;
  }

 private:
  struct Part {
    int level = 0;
    Section section = Section::kIntroduction;
    std::string heading = "Introduction";
  };

  void Open(const Block& block) {
    const std::string title = WithoutMarks(block.passage.Text());
    while (parts_.size() > 1 && parts_.back().level >= block.level) parts_.pop_back();
    const Section section = SectionFor(block);
    seen_response_ = seen_response_ || section == Section::kResponse;
    std::string heading = title.empty() ? parts_.back().heading : title;
    if (section == Section::kExampleRequest) heading = "Example request";
    if (section == Section::kExampleResponse) heading = "Example response";
    last_ = section;
    last_level_ = block.level;
    parts_.push_back({block.level, section, std::move(heading)});
  }

  Section SectionFor(const Block& block) {
    if (block.level == 1 && !seen_title_) {
      seen_title_ = true;
      return Section::kIntroduction;
    }
    const Part& outer = parts_.back();
    const auto found = SectionOf(block.anchor, block.passage.Text());
    if (!found) {
      const bool continues =
          outer.section != Section::kIntroduction && outer.section != Section::kOther;
      return continues ? outer.section : Section::kOther;
    }
    if (IsExample(outer.section)) return InExample(*found);
    if (*found != Section::kResponse) return *found;
    // Below an example's request stands its answer, be the heading as high as any.
    const bool answers = last_ == Section::kExampleRequest && last_level_ == block.level;
    return answers || (seen_response_ && IsExample(last_)) ? Section::kExampleResponse : *found;
  }

  std::vector<Part> parts_ = {Part{}};
  bool seen_title_ = false;
  bool seen_response_ = false;
  Section last_ = Section::kIntroduction;
  int last_level_ = 0;
};

}  // namespace

void AssignSections(std::vector<Block>& blocks) {
  Assigner assigner;
  for (Block& block : blocks) assigner.See(block);
}

std::vector<const Block*> BlocksOf(const Page& page, Section section) {
  std::vector<const Block*> blocks;
  for (const Block& block : page.blocks) {
    if (block.section == section && block.kind != Block::Kind::kHeading) blocks.push_back(&block);
  }
  return blocks;
}

}  // namespace conform
