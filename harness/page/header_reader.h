// Reads which header fields a request carries.
#pragma once

#include <vector>

#include "contract/contract.h"
#include "page/page_context.h"

namespace conform {

struct HeaderFact {
  HeaderRule rule;
  Place place;
};

/// The table of request headers, in written order; a translated `Authorization` is known by its
/// bearer token.
std::vector<HeaderFact> ReadHeaders(const PageContext& context);

}  // namespace conform
