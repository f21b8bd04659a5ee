#include "case/beside_file.h"

#include <fmt/format.h>

#include <system_error>

#include "base/folder.h"

namespace conform {

namespace fs = std::filesystem;

std::optional<fs::path> FindBeside(const TextTemplate& name, const CaseContext& context) {
  const fs::path relative(name.text);
  const fs::path own = fs::path(context.source.path()).parent_path();
  auto found = relative.is_absolute() ? std::nullopt : ResolveBelow(own, own / relative);
  if (!found) {
    context.Complain(name.span, fmt::format("'{}' lies outside the case's folder", name.text),
                     "put the file beside the case and name it relative to it");
  }
  return found;
}

std::shared_ptr<const SourceText> LoadBeside(const TextTemplate& name, const CaseContext& context,
                                             SourceText::Content content) {
  const std::optional<fs::path> file = FindBeside(name, context);
  if (!file) return nullptr;
  const auto loaded = SourceText::Load(*file, kMaxSourceBytes, content);
  if (loaded) {
    context.names.beside.push_back(*loaded);
    return *loaded;
  }
  std::error_code failed;
  context.Complain(name.span, fmt::format("'{}': {}", name.text, loaded.error().message),
                   fs::exists(*file, failed) ? "" : "the path is relative to the case file");
  return nullptr;
}

}  // namespace conform
