// Reads a page's front matter, of any age.
#pragma once

#include "base/diagnostic.h"
#include "page/page.h"

namespace conform {

/// The YAML between `---` lines at the top of `source`; empty where there is none. Some pages hold
/// what is no YAML (`title: a: b`): then each `key: value` line is read by itself.
FrontMatter ReadFrontMatter(const SourceText& source);

}  // namespace conform
