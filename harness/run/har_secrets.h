// Secrets in an exchange that somebody else recorded: found, and masked in it.
#pragma once

#include <vector>

#include "base/redactor.h"
#include "run/har_reader.h"

namespace conform {

/// Masks in place the values of fields and query parameters that carry secrets by their names
/// (Authorization, Cookie, Set-Cookie, keys, tokens, passwords), and user and password of an
/// address, also of one that a field holds (Location, Content-Location, Referer). Those values, and
/// members of such names in JSON and form contents, become known to `redactor`, which masks them
/// wherever else they stand.
void MaskSecrets(HarEntry& entry, Redactor& redactor);

/// MaskSecrets of each entry. Of what was exchanged with a tenant, which is wherever the address is
/// no loopback's, also what names its people becomes known.
void MaskRecording(std::vector<HarEntry>& entries, Redactor& redactor);

/// Takes the secrets of a message into `redactor` by the same names, and changes nothing.
void LearnMessage(const Fields& fields, const std::string& content, Redactor& redactor);
/// The same of the query of a request's target, or of any address.
void LearnQuery(std::string_view target, Redactor& redactor);

/// Whether an address holds a user or password, or a parameter that carries a secret by its name.
bool HoldsSecret(std::string_view address);

}  // namespace conform
