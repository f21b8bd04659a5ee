// What each word is in the languages that pages are translated to: data alone.
#pragma once

#include <span>
#include <string_view>

namespace conform {

// Stems in lower case, without the first letter where that may be a capital beyond ASCII. In this
// order: English, German, French, Spanish, Italian, Portuguese, Russian, Japanese, Korean, Chinese
// (simplified, traditional), Dutch, Polish.
using WordList = std::span<const std::string_view>;

// Of who may call, and with what.
extern const WordList kNotSupportedWords;
extern const WordList kWorkWords;
extern const WordList kPersonalWords;
extern const WordList kApplicationWords;
extern const WordList kDelegatedWords;
extern const WordList kLeastWords;
extern const WordList kMostWords;
extern const WordList kTogetherWords;

// Of what a request must hold.
extern const WordList kRequiredWords;
extern const WordList kOptionalWords;
extern const WordList kNoBodyWords;
extern const WordList kNothingSaidWords;

// Of when an answer comes, and what it holds.
extern const WordList kInProgressWords;
extern const WordList kWithinWords;
extern const WordList kPreviousWords;
extern const WordList kCodeWords;
extern const WordList kCollectionWords;

}  // namespace conform
