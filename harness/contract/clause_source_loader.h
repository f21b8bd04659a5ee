// Reads where a clause was read: a place on a spec page, or a section of a standard.
#pragma once

#include "base/map_reader.h"
#include "contract/clause.h"

namespace conform {

/// `{heading, sentence or line, fingerprint}`, or of an API description
/// `{document, version, pointer, fingerprint}`.
ClauseSource LoadPagePlace(const YamlContext& context, const YamlEntry& entry);
/// `{rfc, section}` or `{document, section}`; `rfc: 9110` becomes the document `RFC 9110`.
ClauseSource LoadStandardPlace(const YamlContext& context, const YamlEntry& entry);

}  // namespace conform
