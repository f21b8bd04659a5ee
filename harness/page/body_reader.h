// Reads what body a request carries.
#pragma once

#include <string>
#include <vector>

#include "contract/contract.h"
#include "page/example_reader.h"
#include "page/page_context.h"

namespace conform {

struct BodyFact {
  RequestBodyRule rule;
  std::vector<Place> places;  ///< not empty.
};

/// `media_type` is what the header table asks for; empty where it does not.
BodyFact ReadBody(const PageContext& context, const DocumentedRequest& request,
                  const Examples& examples, const std::string& media_type);

/// The media type of `field` without its parameters; `application/json` where it names none.
std::string MediaTypeIn(const std::string& field);

}  // namespace conform
