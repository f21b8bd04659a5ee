// What every reader of a fact is given, and how it says where the fact stands.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "contract/clause.h"
#include "page/page.h"

namespace conform {

struct PageContext {
  const Page& page;
  Diagnostics& diagnostics;

  /// A positioned warning: what was not understood, or was taken without being sure.
  void Warn(int line, std::string message, std::string advice = "") const;
};

/// Where a fact stands: the page's sentence ids, or lines.
struct Place {
  std::vector<std::string> ids;
  int first_line = 0;
  int last_line = 0;
  std::string heading;
};

Place PlaceOf(const Block& block, const Passage& passage);
/// Of a paragraph, code block or INCLUDE line.
Place PlaceOf(const Block& block);
Place PlaceOfRow(const Block& block, const std::vector<Passage>& row);
Place PlaceOfLine(const Block& block, int line);

/// The places as a clause cites them, below the last one's heading; the fingerprint is of the
/// English text, Markdown kept, tags removed, white space collapsed.
ClauseSource Cite(const Page& page, const std::vector<Place>& places);

}  // namespace conform
