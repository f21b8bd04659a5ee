// Which clause is judged by which test, for people and for programs.
#pragma once

#include <string>
#include <vector>

#include "record/coverage.h"

namespace conform {

/// A table for each edition of an operation, then one for each protocol set, then counts. Lines
/// take at most 100 columns; only a word that is longer by itself passes them.
std::string RenderCoverage(const std::vector<ClauseCoverage>& coverage);

/// The same with every test's name, as a JSON text: `{"clauses": […], "contract": {…}}`.
std::string RenderCoverageJson(const std::vector<ClauseCoverage>& coverage);

}  // namespace conform
