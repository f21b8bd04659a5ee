// What a rendering of a run record writes to: files by their path in the reports folder.
#pragma once

#include <functional>
#include <string_view>

#include "base/error.h"

namespace conform {

/// Takes one whole file: its path within the reports folder (`report.html`, `failures/17.html`) and
/// its bytes. Errors: it could not be written.
using WriteReport = std::function<Expected<void>(std::string_view path, std::string_view bytes)>;

}  // namespace conform
