#include "page/surroundings_reader.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <array>

#include "base/date.h"
#include "page/page_words.h"
#include "page/plain_text.h"

namespace conform {
namespace {

bool IsIntroduction(const Block& block) {
  return block.section == Section::kIntroduction && block.kind != Block::Kind::kHeading;
}

Place PlaceOfSentence(const Block& block, const Sentence& sentence) {
  Passage passage = block.passage;
  passage.sentences = {sentence};
  return PlaceOf(block, passage);
}

struct NamedClouds {
  std::string_view file;  ///< a part of the INCLUDE file's name.
  std::vector<std::string> clouds;
};

/// The files that the documentation's pages include, by the clouds that they tick.
const std::array kCloudFiles = {
    NamedClouds{"all-clouds", {"global", "us-gov-l4", "us-gov-l5-dod", "china-21vianet"}},
    NamedClouds{"global-us-only", {"global", "us-gov-l4", "us-gov-l5-dod"}},
    NamedClouds{"global-us", {"global", "us-gov-l4", "us-gov-l5-dod"}},
    NamedClouds{"global-china", {"global", "china-21vianet"}},
    NamedClouds{"global-only", {"global"}}};

/// Which cloud a table's head names.
std::string CloudIn(std::string_view head) {
  const std::string lower = ToLower(WithoutMarks(head));
  if (lower.find("21vianet") != std::string::npos || lower.find("china") != std::string::npos) {
    return "china-21vianet";
  }
  if (lower.find("l4") != std::string::npos) return "us-gov-l4";
  if (lower.find("l5") != std::string::npos) return "us-gov-l5-dod";
  const bool global =
      lower.find("global") != std::string::npos || lower.find("worldwide") != std::string::npos;
  return global ? "global" : "";
}

bool IsTicked(std::string_view cell) {
  const std::string lower = ToLower(cell);
  return cell.find("✅") != std::string_view::npos || cell.find("✔") != std::string_view::npos ||
         cell.find("✓") != std::string_view::npos || lower.starts_with("yes") ||
         lower.starts_with("supported") || lower.starts_with("available");
}

std::optional<CloudsFact> CloudsIn(const Block& block) {
  if (block.kind != Block::Kind::kTable || block.table.rows.empty()) return std::nullopt;
  CloudsFact fact;
  std::size_t named = 0;
  const auto& row = block.table.rows.front();
  for (std::size_t i = 0; i < block.table.header.size(); ++i) {
    const std::string cloud = CloudIn(block.table.header[i].Text());
    named += cloud.empty() ? 0 : 1;
    if (!cloud.empty() && i < row.size() && IsTicked(row[i].Text())) fact.clouds.push_back(cloud);
  }
  if (named < 2) return std::nullopt;
  fact.place = PlaceOfRow(block, row);
  return fact;
}

bool IsNamespace(const std::string& text) {
  return text.find("microsoft.graph") != std::string::npos && text.size() < 100 &&
         text.find(' ', text.find("microsoft.graph")) == std::string::npos;
}

/// MM/DD/YYYY, or YYYY-MM-DD.
std::optional<std::chrono::sys_days> DayIn(const std::string& text) {
  int month = 0;
  int day = 0;
  int year = 0;
  static const RE2 kSlashed(R"(\s*(\d{1,2})/(\d{1,2})/(\d{4}).*)");
  static const RE2 kIso(R"(\s*(\d{4})-(\d{1,2})-(\d{1,2}).*)");
  if (!RE2::FullMatch(text, kSlashed, &month, &day, &year) &&
      !RE2::FullMatch(text, kIso, &year, &month, &day)) {
    return std::nullopt;
  }
  return ParseDate(fmt::format("{:04}-{:02}-{:02}", year, month, day));
}

}  // namespace

Place PlaceOfTitle(const Page& page) {
  for (const Block& block : page.blocks) {
    if (block.kind == Block::Kind::kHeading && block.level == 1) return PlaceOf(block);
  }
  return {{}, page.front_matter.last_line + 1, page.front_matter.last_line + 1, "Introduction"};
}

MaturityFact ReadMaturity(const PageContext& context, bool beta, const Place& server_place) {
  MaturityFact fact;
  fact.maturity = beta ? "preview" : "general availability";
  for (const Block& block : context.page.blocks) {
    if (!beta || !IsIntroduction(block)) continue;
    if (block.include_path.find("beta-disclaimer") != std::string::npos) {
      fact.places.push_back(PlaceOf(block));
      continue;
    }
    if (block.kind != Block::Kind::kParagraph || block.included) continue;
    if (block.passage.Text().find("/beta") == std::string::npos) continue;
    for (const Sentence& sentence : block.passage.sentences) {
      const bool production = sentence.text.find("production") != std::string::npos;
      const bool both = production && block.passage.sentences.size() == 1;
      if (production) fact.production.push_back(PlaceOfSentence(block, sentence));
      if (!production || both) fact.places.push_back(PlaceOfSentence(block, sentence));
    }
  }
  if (fact.places.empty()) fact.places.push_back(server_place);
  return fact;
}

std::optional<LicenseFact> ReadLicense(const PageContext& context) {
  static const RE2 kActive(R"(\b(?:active|valid) \[?([A-Z]\w*(?: [A-Z]\w*)*) licen[sc]e)");
  static const RE2 kLicensed(
      R"(\b([A-Z]\w*(?: [A-Z]\w*)*) service is \[?(?:correctly|properly) licen[sc]ed)");
  static const RE2 kRequires(R"(requires? an? \[?([A-Z]\w*(?: [A-Z]\w*)*) licen[sc]e)");
  // The address by which Intune's pages link to what they say of licences, in every language.
  constexpr std::string_view kIntuneLink = "linkid=839381";
  for (const Block& block : context.page.blocks) {
    if (!IsIntroduction(block) || block.kind != Block::Kind::kParagraph) continue;
    for (const Sentence& sentence : block.passage.sentences) {
      std::string service;
      for (const RE2* pattern : {&kActive, &kLicensed, &kRequires}) {
        if (RE2::PartialMatch(sentence.text, *pattern, &service)) break;
      }
      if (service.empty() && sentence.text.find(kIntuneLink) != std::string::npos)
        service = "Intune";
      if (!service.empty()) return LicenseFact{service, PlaceOfSentence(block, sentence)};
      if (block.quoted && ToLower(sentence.text).find("licens") != std::string::npos) {
        context.Warn(block.passage.first_line, "what licence this asks for is not understood");
      }
    }
  }
  return std::nullopt;
}

std::optional<CloudsFact> ReadClouds(const PageContext& context) {
  for (const Block& block : context.page.blocks) {
    if (auto fact = CloudsIn(block)) return fact;
  }
  for (const Block& block : context.page.blocks) {
    if (block.kind != Block::Kind::kInclude) continue;
    for (const NamedClouds& named : kCloudFiles) {
      if (block.include_path.find(named.file) == std::string::npos) continue;
      return CloudsFact{named.clouds, PlaceOf(block)};
    }
    if (block.include_name.find("national-cloud") != std::string::npos) {
      context.Warn(block.passage.first_line, "which clouds this file names is not known");
    }
  }
  return std::nullopt;
}

PurposeFact ReadPurpose(const PageContext& context) {
  PurposeFact fact;
  fact.place = PlaceOfTitle(context.page);
  for (const Block& block : context.page.blocks) {
    const bool paragraph = IsIntroduction(block) && block.kind == Block::Kind::kParagraph;
    if (!paragraph || block.quoted || block.included) continue;
    const std::string text = block.passage.Text();
    if (IsNamespace(text)) continue;
    // An older page's notes are paragraphs in bold.
    if (text.starts_with("**") && text.find("/beta") != std::string::npos) continue;
    fact.said = !HasWord(text, Word::kNothingSaid);
    fact.place = PlaceOf(block);
    break;
  }
  return fact;
}

std::optional<std::chrono::sys_days> ReadDay(const Page& page) {
  for (const char* key : {"ms.lasthandoff", "ms.date", "date"}) {
    if (auto day = DayIn(page.front_matter.Get(key))) return day;
  }
  return std::nullopt;
}

}  // namespace conform
