#include "run/import_files.h"

#include <fmt/format.h>

#include <optional>

#include "base/utf8.h"
#include "page/text_merge.h"
#include "record/atomic_file.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

/// One line of what a side says, for a message.
std::string Shown(const std::string& side) {
  constexpr std::size_t kMost = 120;
  return side.empty() ? "nothing"
                      : fmt::format("`{}`", ShowLine(side.substr(0, side.find('\n')), kMost));
}

void TellConflict(const SourceText& source, const MergeConflict& conflict,
                  const std::string& choice, Diagnostics& diagnostics) {
  const std::string_view line = source.Line(conflict.first_line);
  const std::size_t begin = std::min(line.find_first_not_of(' '), line.size());
  const Span span{conflict.first_line, source.Column(conflict.first_line, begin), 1};
  std::string message = fmt::format("changed by hand and on the page: here {}, there {}",
                                    Shown(conflict.ours), Shown(conflict.theirs));
  if (choice.empty()) {
    diagnostics.Add(
        source, span, std::move(message),
        "say --conflicts hand or --conflicts page, or undo the change and import again");
  } else {
    diagnostics.Warn(source, span, std::move(message), fmt::format("the {}'s is taken", choice));
  }
}

}  // namespace

fs::path LastImportOf(const fs::path& file) {
  fs::path beside = file;
  return beside.replace_extension(".import");
}

fs::path EarlierEdition(const fs::path& file) {
  std::error_code ignored;
  if (fs::exists(file, ignored)) return {};
  fs::path newest;
  for (fs::directory_iterator each(file.parent_path(), ignored), end; !ignored && each != end;
       each.increment(ignored)) {
    const fs::path& beside = each->path();
    if (beside.extension() == ".yaml" && beside < file && newest < beside) newest = beside;
  }
  return !newest.empty() && fs::exists(LastImportOf(newest), ignored) ? newest : fs::path();
}

Expected<ImportOutcome> MergeImport(const ImportedFile& imported) {
  std::error_code failed;
  ImportOutcome outcome;
  outcome.text = imported.text;
  const fs::path& changed = fs::exists(imported.file, failed) ? imported.file : imported.earlier;
  if (changed.empty()) return outcome;
  const auto ours = SourceText::Load(changed);
  if (!ours) return Fail(fmt::format("{}: {}", changed.string(), ours.error().message));
  if ((*ours)->text() == imported.text) return outcome;
  const auto base = SourceText::Load(LastImportOf(changed));
  if (!base) {
    return Fail(fmt::format("{}: is there already, and no import wrote it; give -o another file",
                            changed.string()));
  }
  const MergedText merged =
      MergeText((*base)->text(), (*ours)->text(), imported.text,
                imported.conflicts == "page" ? MergePreference::kTheirs : MergePreference::kOurs);
  outcome.text = merged.text;
  outcome.merged = merged.text != imported.text;
  for (const MergeConflict& conflict : merged.conflicts) {
    TellConflict(**ours, conflict, imported.conflicts, outcome.diagnostics);
  }
  return outcome;
}

std::vector<std::shared_ptr<const SourceText>> LoadImported(const fs::path& file) {
  std::vector<std::shared_ptr<const SourceText>> texts;
  for (const fs::path& each : {file, LastImportOf(file)}) {
    auto source = SourceText::Load(each);
    const bool is_new = source && (texts.empty() || texts.back()->text() != (*source)->text());
    if (is_new) texts.push_back(std::move(*source));
  }
  return texts;
}

Expected<void> WriteWholeFile(const fs::path& file, std::string_view text,
                              const Redactor& redactor) {
  std::error_code failed;  // what fails is told by the writing
  if (file.has_parent_path()) fs::create_directories(file.parent_path(), failed);
  return ReplaceUnchanged(file, text, redactor);
}

Expected<void> WriteImport(const ImportedFile& imported, const std::string& text,
                           const Redactor& redactor) {
  auto written = WriteWholeFile(imported.file, text, redactor);
  return written ? WriteWholeFile(LastImportOf(imported.file), imported.text, redactor) : written;
}

}  // namespace conform
