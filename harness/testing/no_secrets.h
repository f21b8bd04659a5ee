// A redactor that was told no secret, for tests of what it would pass through.
#pragma once

#include "base/redactor.h"

namespace conform {

inline const Redactor kNoSecrets("key");

}  // namespace conform
