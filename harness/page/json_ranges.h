// Finds values in JSON text by their place, and parses nothing else.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/error.h"

namespace conform {

/// Where a value stands in a text, in bytes.
struct JsonRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

struct JsonMember {
  std::string name;       ///< of a list's item its index.
  std::size_t begin = 0;  ///< of the name as it is written, or of the item.
  JsonRange value;
};

/// A text of 40 MB is walked through once a level; its values are held nowhere. Not for several
/// threads.
class JsonRanges {
 public:
  /// `text` outlives it. Error: no JSON, nested more than 200 deep, or an object that has a name
  /// twice, of which one would be lost; begins with line and column.
  static Expected<JsonRanges> Of(std::string_view text);
  /// Of text that is known to be JSON.
  static JsonRanges OfWritten(std::string_view text);

  /// What stands at a JSON pointer (RFC 6901), given as its names.
  std::optional<JsonRange> Find(const std::vector<std::string>& names) const;
  /// An object's members or a list's items, in written order; of anything else none.
  const std::vector<JsonMember>& MembersOf(const JsonRange& range) const;

 private:
  explicit JsonRanges(std::string_view text) : text_(text) {}

  std::size_t SkipSpace(std::size_t at) const;
  std::size_t SkipText(std::size_t at) const;
  std::size_t SkipValue(std::size_t at) const;

  struct Table {
    std::vector<JsonMember> members;
    std::unordered_map<std::string_view, std::size_t> by_name;  // the first of each
  };
  /// The first place below `range` where a name comes again; reads all before it.
  std::optional<std::string> TellNameTwice(const JsonRange& range) const;
  const Table& TableOf(const JsonRange& range) const;

  std::string_view text_;
  JsonRange root_;
  mutable std::map<std::size_t, Table> tables_;  // by the range's begin
};

}  // namespace conform
