// What to do about a mistake of yaml-cpp's, which says only what it met.
#pragma once

#include <string>

#include "base/source_text.h"

namespace YAML {
class Exception;
}

namespace conform {

/// One sentence, as the hint of a Diagnostic.
std::string AdviseOn(const YAML::Exception& mistake, const SourceText& source);

}  // namespace conform
