// Reads the rows of a case: inline, or from a CSV or JSON file beside it.
#pragma once

#include "case/case_context.h"

namespace conform {

/// Fills the case's columns and rows. A file is read as a stream: what is kept are its rows.
void LoadRows(const YamlEntry& entry, const CaseContext& context, Case& loaded);

}  // namespace conform
