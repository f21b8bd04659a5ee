// Writes what was imported, and keeps what was changed by hand since the last import.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/error.h"
#include "base/redactor.h"
#include "base/source_text.h"

namespace conform {

struct ImportedFile {
  std::filesystem::path file;
  std::string text;       ///< as imported now.
  std::string conflicts;  ///< `hand` or `page`: which side of a conflict is taken; empty: neither.
  /// Whose hand changes it takes over where it is not there itself: EarlierEdition; may be empty.
  std::filesystem::path earlier;
};

/// The text as the last import wrote it, beside what a hand may have changed since: `.import`.
std::filesystem::path LastImportOf(const std::filesystem::path& file);

/// Of an edition's file that is not there: the newest before it in its folder, where an import
/// wrote that. Else empty.
std::filesystem::path EarlierEdition(const std::filesystem::path& file);

struct ImportOutcome {
  std::string text;         ///< what the file is to hold.
  bool merged = false;      ///< it holds changes of the hand.
  Diagnostics diagnostics;  ///< each conflict, at its place in the file; errors where it stays one.
};

/// Against the text of the last import the hand's changes and the page's are merged. Error: the
/// file is there and no import wrote it.
Expected<ImportOutcome> MergeImport(const ImportedFile& imported);

/// The file's text, and beside it that of the last import where a hand changed it since. Empty
/// where there is no such file.
std::vector<std::shared_ptr<const SourceText>> LoadImported(const std::filesystem::path& file);

/// Writes the file, and beside it the text as imported. Folders are made.
Expected<void> WriteImport(const ImportedFile& imported, const std::string& text,
                           const Redactor& redactor);

/// Whole or not at all; folders are made. What people keep is not masked: Error where a secret that
/// `redactor` knows stands in it.
Expected<void> WriteWholeFile(const std::filesystem::path& file, std::string_view text,
                              const Redactor& redactor);

}  // namespace conform
