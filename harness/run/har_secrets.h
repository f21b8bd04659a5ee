// Secrets in an exchange that somebody else recorded: found, and masked in it.
#pragma once

#include "base/redactor.h"
#include "run/har_reader.h"

namespace conform {

/// Masks in place the values of fields and query parameters that carry secrets by their names
/// (Authorization, Cookie, Set-Cookie, keys, tokens, passwords), and user and password of an
/// address. Those values, and members of such names in JSON and form contents, become known to
/// `redactor`, which masks them wherever else they stand.
void MaskSecrets(HarEntry& entry, Redactor& redactor);

}  // namespace conform
