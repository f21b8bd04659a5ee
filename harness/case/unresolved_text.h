// Where a case may not write ${…}: in texts that are taken as they stand.
#pragma once

#include "case/case_context.h"

namespace conform {

/// An error where `pattern`, an RE2, holds a `${` that is not escaped: it would never match.
void RefuseInPattern(std::string_view pattern, const Span& span, const CaseContext& context);

/// The same of a name: of a member or a field, or a JSON pointer. Says whether it was one.
bool RefuseInName(std::string_view name, const Span& span, const CaseContext& context);

/// An error for each text inside a schema that holds one, but for its title, description and
/// comment: at its place, or at `file` where the schema stands in another file.
void RefuseInSchema(const YamlNode& schema, const Span* file, const CaseContext& context);

}  // namespace conform
