// Reads which parameters an operation takes in its path and query.
#pragma once

#include <vector>

#include "contract/contract.h"
#include "page/page_context.h"
#include "page/request_reader.h"

namespace conform {

struct ParameterFact {
  Parameter parameter;
  std::vector<Place> places;
};

/// The placeholders of the paths; query parameters of the request lines, of the tables, and OData
/// options that the section on them names (`$filter`).
std::vector<ParameterFact> ReadParameters(const PageContext& context,
                                          const DocumentedRequest& request);

}  // namespace conform
