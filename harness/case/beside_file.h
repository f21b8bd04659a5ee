// Files that lie beside a case or below it: a stranger's case reads nothing else.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "case/case_context.h"

namespace conform {

/// The path of the file that `name` names, relative to the case, links followed; a diagnostic where
/// it lies outside the case's folder.
std::optional<std::filesystem::path> FindBeside(const TextTemplate& name,
                                                const CaseContext& context);

/// Reads it whole; null and a diagnostic where it lies outside or cannot be read.
std::shared_ptr<const SourceText> LoadBeside(
    const TextTemplate& name, const CaseContext& context,
    SourceText::Content content = SourceText::Content::kText);

}  // namespace conform
