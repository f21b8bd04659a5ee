// Tells the redactor what names people of a tenant.
#pragma once

#include <string_view>

#include "base/redactor.h"
#include "exchange/exchange.h"

namespace conform {

/// Mail addresses wherever they stand in request and answer, and what stands under the names by
/// which Microsoft Graph tells a person: sign-in names, names, mail, phone numbers, street
/// addresses, IP addresses. Names, phones and streets of fewer than five bytes are left.
void LearnPeople(const Attempt& attempt, Redactor& redactor);

/// What a token of a tenant says of who signed in: upn, oid, name, e-mail, phone, address.
void LearnClaims(std::string_view token, Redactor& redactor);

}  // namespace conform
