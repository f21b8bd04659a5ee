#include "page/page_context.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/digest.h"
#include "base/utf8.h"
#include "page/html_text.h"
#include "page/plain_text.h"

namespace conform {
namespace {

constexpr std::size_t kFingerprintDigits = 16;
constexpr int kMostLines = 12;  // of one place: a paragraph that is longer is cited by its first

void AddIds(const Passage& passage, Place& place) {
  for (const Sentence& sentence : passage.sentences) {
    if (!sentence.id.empty()) place.ids.push_back(sentence.id);
  }
}

std::string RawText(const Page& page, const std::string& id) {
  const auto found = page.raw_sentences.find(id);
  return found == page.raw_sentences.end() ? "" : found->second;
}

}  // namespace

void PageContext::Warn(int line, std::string message, std::string advice) const {
  line = std::max(line, 1);
  const std::string_view text = page.source->Line(line);
  const std::size_t begin = std::min(text.find_first_not_of(" \t"), text.size());
  const std::size_t length = CountCharacters(text.substr(begin));
  diagnostics.Warn(*page.source,
                   Span{line, page.source->Column(line, begin),
                        std::max(1, static_cast<int>(std::min<std::size_t>(length, 80)))},
                   std::move(message), std::move(advice));
}

Place PlaceOf(const Block& block, const Passage& passage) {
  Place place;
  place.heading = block.heading;
  place.first_line = passage.first_line;
  place.last_line = std::min(passage.last_line, passage.first_line + kMostLines - 1);
  if (!block.included) AddIds(passage, place);
  return place;
}

Place PlaceOf(const Block& block) { return PlaceOf(block, block.passage); }

Place PlaceOfRow(const Block& block, const std::vector<Passage>& row) {
  Place place;
  place.heading = block.heading;
  for (const Passage& cell : row) {
    place.first_line = cell.first_line;
    place.last_line = cell.last_line;
    if (!block.included) AddIds(cell, place);
  }
  return place;
}

Place PlaceOfLine(const Block& block, int line) { return {{}, line, line, block.heading}; }

ClauseSource Cite(const Page& page, const std::vector<Place>& places) {
  ClauseSource source;
  std::string text;
  const bool by_id = std::all_of(places.begin(), places.end(),
                                 [](const Place& place) { return !place.ids.empty(); });
  std::set<int> lines;
  for (const Place& place : places) {
    source.heading = ShowLine(place.heading);
    for (int line = place.first_line; line <= place.last_line; ++line) lines.insert(line);
    for (const std::string& id : place.ids) {
      const auto& known = source.sentences;
      if (!by_id || std::find(known.begin(), known.end(), id) != known.end()) continue;
      source.sentences.push_back(id);
      text += RawText(page, id) + " ";
    }
  }
  if (!by_id) {
    lines.erase(lines.begin(), lines.upper_bound(0));
    if (lines.empty()) lines.insert(1);
    source.lines.assign(lines.begin(), lines.end());
    for (const int line : source.lines) text += std::string(page.source->Line(line)) + "\n";
    text = RemoveTags(text);
  }
  if (source.heading.empty()) source.heading = "Introduction";
  source.fingerprint = Sha256Hex(CollapseSpace(text)).substr(0, kFingerprintDigits);
  return source;
}

}  // namespace conform
