// A request spec with its ${…} resolved becomes the request that is sent.
#pragma once

#include <string>

#include "base/error.h"
#include "base/origin.h"
#include "case/case.h"
#include "exchange/request.h"

namespace conform {

/// Adds Host, the length, `client-request-id` and a multipart body's Content-Type unless the case
/// names or omits them. Errors: a
/// placeholder without a value, or with one by which the request would be another, or would go to
/// another server: an address that was captured.
Expected<Request> BuildRequest(const RequestSpec& spec, const Scope& scope, const Origin& origin);

/// A shell line that sends the same with curl, the token as `$CONFORM_TOKEN_…`. Empty where the
/// content is no text: no line holds that.
std::string CurlLine(const RequestSpec& spec, const Request& request, const Scope& scope,
                     const Origin& origin, IdentityKind identity);

}  // namespace conform
