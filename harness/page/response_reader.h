// Reads which answers a page promises, and when.
#pragma once

#include <optional>
#include <vector>

#include "contract/contract.h"
#include "page/example_reader.h"
#include "page/page_context.h"

namespace conform {

struct ResponseFact {
  ResponseRule rule;
  std::vector<Place> places;           ///< of the sentences that promise it; not empty.
  std::optional<Place> example_place;  ///< of the status line of an example.
};

/// The success answer last. Warns of each condition that words alone tell, and where the success
/// answer had to be taken from an example or from the method.
std::vector<ResponseFact> ReadResponses(const PageContext& context,
                                        const DocumentedRequest& request, const Examples& examples);

}  // namespace conform
