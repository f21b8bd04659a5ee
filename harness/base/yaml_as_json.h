// A large YAML document as JSON text, which can be walked without a tree, and where its values
// stood.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/source_text.h"

namespace conform {

struct YamlAsJson {
  struct Place {
    std::uint32_t at;      ///< the value's first byte in `text`.
    std::uint32_t line;    ///< in the YAML, 1-based.
    std::uint32_t column;  ///< 0-based, in bytes.
  };

  std::string text;
  std::vector<Place> places;  ///< in the order of `at`; copies for aliases have none.

  /// Of the value that begins at that byte of `text`; line 1 where it is a copy.
  Span PlaceOf(std::size_t at, const SourceText& source) const;
};

/// About a fifth of the memory that ParseYaml's tree takes, and no bound on the number of values.
/// Values are typed as ToJson types them. Nothing, and a diagnostic, where ParseYaml would tell a
/// mistake, but for duplicate keys, of which the first counts; where a key merges; and where
/// aliases unfold to more than 256 MiB.
std::optional<YamlAsJson> ReadYamlAsJson(const SourceText& source, Diagnostics& diagnostics);

}  // namespace conform
