// Shows facts in three columns: for a terminal, as Markdown, as JSON.
#pragma once

#include <string>
#include <vector>

#include "run/difference_text.h"
#include "run/fact_table.h"

namespace conform {

struct FactTable {
  ComparedEdition first;
  ComparedEdition second;
  std::string run;  ///< as it was asked for.
  std::vector<FactRow> rows;
};

/// `form` is `text`, `markdown` or `json` (as reports/facts.schema.json says).
std::string RenderFacts(const FactTable& table, const std::string& form);

}  // namespace conform
