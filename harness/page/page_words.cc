#include "page/page_words.h"

#include <algorithm>
#include <array>
#include <string>

#include "page/plain_text.h"
#include "page/status_sentence.h"
#include "page/word_lists.h"

namespace conform {
namespace {

/// In the order of `Word`.
const WordList& ListOf(Word word) {
  static const std::array<const WordList*, 17> kLists = {
      &kNotSupportedWords, &kRequiredWords,   &kOptionalWords, &kWorkWords,     &kPersonalWords,
      &kApplicationWords,  &kDelegatedWords,  &kLeastWords,    &kMostWords,     &kTogetherWords,
      &kNoBodyWords,       &kInProgressWords, &kWithinWords,   &kPreviousWords, &kCodeWords,
      &kCollectionWords,   &kNothingSaidWords};
  return *kLists[static_cast<std::size_t>(word)];
}

}  // namespace

std::size_t FindWord(std::string_view text, Word word) {
  const std::string lower = ToLower(text);
  std::size_t first = std::string::npos;
  for (const std::string_view each : ListOf(word)) {
    first = std::min(first, lower.find(each));
  }
  return first;
}

bool IsWord(std::string_view text, Word word) {
  const WordList& list = ListOf(word);
  return std::find(list.begin(), list.end(), ToLower(text)) != list.end();
}

bool HasWord(std::string_view text, Word word) {
  return FindWord(text, word) != std::string_view::npos;
}

bool SaysRequired(std::string_view text) {
  constexpr std::size_t kFewBytes = 48;
  constexpr std::string_view kConditions[] = {" when ", " if ", " wenn ",
                                              " si ",   " se ", " quando "};
  for (const std::string& sentence : SplitSentences(text)) {
    const std::string lower = ToLower(sentence);
    const bool conditional =
        std::any_of(std::begin(kConditions), std::end(kConditions),
                    [&](std::string_view word) { return lower.find(word) != std::string::npos; });
    if (sentence.size() > kFewBytes || conditional || HasWord(sentence, Word::kOptional)) continue;
    if (HasWord(sentence, Word::kRequired)) return true;
  }
  return false;
}

}  // namespace conform
