// The words that pages say a fact with, in the languages that they are translated to.
#pragma once

#include <optional>
#include <string_view>

#include "page/page.h"

namespace conform {

enum class Word {
  kNotSupported,
  kRequired,
  kOptional,
  kWork,
  kPersonal,
  kApplication,
  kDelegated,
  kLeast,
  kMost,
  kTogether,  ///< between two permissions that must be held together.
  kNoBody,
  kInProgress,
  kWithin,
  kPrevious,
  kCode,
  kCollection,
  kNothingSaid,  ///< the place of a description that is still to be written.
};

/// Whether `text` has a word of that meaning in any of the languages.
bool HasWord(std::string_view text, Word word);
/// Whether `text` is such a word, and nothing else.
bool IsWord(std::string_view text, Word word);
/// Where the first of them begins; npos where there is none.
std::size_t FindWord(std::string_view text, Word word);

/// Whether `text` says "Required." of what it describes: in a sentence of few words. "Required when
/// a group is created" says less, and "Optional" the opposite.
bool SaysRequired(std::string_view text);

/// What a heading of that anchor (`http-request`, from its English text) and text announces.
std::optional<Section> SectionOf(std::string_view anchor, std::string_view text);

}  // namespace conform
