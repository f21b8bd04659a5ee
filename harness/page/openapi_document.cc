#include "page/openapi_document.h"

#include <fmt/format.h>

#include "base/folder.h"
#include "base/percent.h"
#include "base/utf8.h"

namespace conform {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr int kMostReferences = 20;  // one behind the other

}  // namespace

const Json& MemberOf(const Json& value, const std::string& name) {
  static const Json kNone;
  const auto found = value.is_object() ? value.find(name) : value.end();
  return found == value.end() ? kNone : *found;
}

OpenApiNode OpenApiNode::At(const std::string& name) const {
  OpenApiNode member{file, JoinPointer(pointer, name), nullptr};
  if (value.is_object()) {
    const auto found = value.find(name);
    if (found != value.end()) member.value = *found;
  } else if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (name == std::to_string(i)) member.value = value[i];
    }
  }
  return member;
}

std::string OpenApiNode::Text(const std::string& name) const {
  const auto found = value.is_object() ? value.find(name) : value.end();
  return found == value.end() || !found->is_string() ? "" : found->get<std::string>();
}

Expected<OpenApiDocument> OpenApiDocument::Open(const fs::path& path, Diagnostics& diagnostics) {
  auto file = OpenApiFile::Load(path);
  if (!file) return tl::unexpected(file.error());
  OpenApiDocument document(std::move(*file), diagnostics);
  const std::optional<Json> version = document.root_->Value("/openapi");
  const std::string text = version && version->is_string() ? version->get<std::string>() : "";
  if (!text.starts_with("3.0") && !text.starts_with("3.1")) {
    const bool swagger = document.root_->Value("/swagger").has_value();
    return Fail(fmt::format(
        "{}: {}", path.string(),
        swagger        ? "Swagger 2; convert it to OpenAPI 3 first"
        : text.empty() ? "no OpenAPI document: it has no `openapi: 3.0.3`"
                       : fmt::format("OpenAPI {}; 3.0 and 3.1 are read", ShowLine(text, 20))));
  }
  document.is_3_0_ = text.starts_with("3.0");
  document.is_before_3_0_3_ = text == "3.0.0" || text == "3.0.1" || text == "3.0.2";
  return document;
}

OpenApiNode OpenApiDocument::Find(const std::string& pointer) const {
  return {root_, pointer, root_->Value(pointer).value_or(Json())};
}

Expected<std::shared_ptr<const OpenApiFile>> OpenApiDocument::Beside(const OpenApiFile& from,
                                                                     const std::string& name) {
  std::error_code failed;
  const fs::path folder = fs::canonical(fs::absolute(root_->path()).parent_path(), failed);
  const bool remote = name.find(':') != std::string::npos || name.starts_with("/");
  const auto path = remote || failed
                        ? std::nullopt
                        : ResolveBelow(folder, fs::absolute(from.path()).parent_path() / name);
  if (!path) return Fail("references are followed in the document's folder alone");
  const auto known = others_.find(*path);
  if (known != others_.end()) return known->second;
  auto file = OpenApiFile::Load(*path);
  if (file) others_[*path] = *file;
  return file;
}

std::optional<OpenApiNode> OpenApiDocument::Resolve(OpenApiNode node) {
  for (int i = 0; i < kMostReferences; ++i) {
    const std::string reference = node.Text("$ref");
    if (reference.empty()) return node;
    const std::size_t hash = std::min(reference.find('#'), reference.size());
    std::shared_ptr<const OpenApiFile> file = node.file;
    if (hash > 0) {
      auto beside = Beside(*node.file, DecodePercent(reference.substr(0, hash)));
      if (!beside) {
        Warn(node, fmt::format("$ref '{}' is not followed: {}", ShowLine(reference),
                               ShowLine(beside.error().message)));
        return std::nullopt;
      }
      file = *beside;
    }
    const std::string pointer =
        DecodePercent(reference.substr(std::min(hash + 1, reference.size())));
    std::optional<Json> value = file->Value(pointer);
    if (!value) {
      Warn(node, fmt::format("$ref '{}' leads nowhere", ShowLine(reference)));
      return std::nullopt;
    }
    node = {std::move(file), pointer, std::move(*value)};
  }
  Warn(node, "references lead in a circle");
  return std::nullopt;
}

void OpenApiDocument::Warn(const OpenApiNode& node, std::string message, std::string advice) {
  diagnostics_->Warn(node.file->source(), node.file->Place(node.pointer), std::move(message),
                     std::move(advice));
}

}  // namespace conform
