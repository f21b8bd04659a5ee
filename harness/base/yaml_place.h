// Where the parts of a YAML file stand: yaml-cpp's marks made into spans.
#pragma once

#include <string_view>

#include "base/source_text.h"

namespace YAML {
struct Mark;
}

namespace conform {

/// One character. yaml-cpp's marks are 0-based and count bytes; past the end of the file the span
/// is moved behind its last text. A null mark is line 0.
Span SpanAt(const SourceText& source, const YAML::Mark& mark);

/// A scalar as far as it is written on its first line, quotes included, without `&anchor` and
/// `!tag`; a block scalar is its indicator alone. `value` is the scalar with escapes resolved.
Span SpanOfScalar(const SourceText& source, const YAML::Mark& mark, std::string_view value);

/// False where a quoted scalar's quotes are never closed, which yaml-cpp 0.7 takes for closed at
/// the end of a file that ends with a line end.
bool IsClosedScalar(const SourceText& source, const YAML::Mark& mark);

/// A null: as written, else one character.
Span SpanOfNull(const SourceText& source, const YAML::Mark& mark);

/// The dash of a list's empty item. Its mark is where the next token stands, maybe lines below;
/// lines above `first_line` are not looked at.
Span SpanOfEmptyItem(const SourceText& source, const YAML::Mark& mark, int first_line);

}  // namespace conform
