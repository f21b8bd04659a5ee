// Shows what changed between two editions: for a terminal, as Markdown, as JSON.
#pragma once

#include <string>
#include <vector>

#include "contract/edition_difference.h"

namespace conform {

/// One side of a comparison.
struct ComparedEdition {
  std::string place;  ///< as it was asked for: a file, a page, `operation@edition`.
  std::string operation;
  std::string edition;
  std::string sha256;  ///< of the page it was taken from.
};

struct EditionDifference {
  ComparedEdition before;
  ComparedEdition now;
  std::vector<EditionChange> changes;
};

std::string RenderDifferenceText(const EditionDifference& difference);
std::string RenderDifferenceMarkdown(const EditionDifference& difference);
/// As reports/diff.schema.json says.
std::string RenderDifferenceJson(const EditionDifference& difference);

}  // namespace conform
