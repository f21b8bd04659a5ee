// Tells a program of the user's: its words as given, no shell.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"

namespace conform {

/// Splits at blanks; quotes of either kind hold words together. Nothing is expanded. Errors: a
/// quote that is not closed, no word at all. They quote nothing: a word may be a secret.
Expected<std::vector<std::string>> SplitWords(const std::string& text);

/// Runs it with `text` as its standard input and CONFORM_SUBJECT set; what it prints goes where
/// ours goes. Errors: it cannot be started, exits otherwise than 0, or takes longer than
/// `patience`, or than `last_words` once `stopped` says so; then it is killed.
Expected<void> TellProgram(const std::vector<std::string>& words, const std::string& subject,
                           const std::string& text, const IsStopped& stopped = {},
                           std::chrono::seconds patience = std::chrono::seconds(60),
                           std::chrono::seconds last_words = std::chrono::seconds(1));

}  // namespace conform
