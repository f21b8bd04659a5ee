// An API description: its files, what refers to what, and warnings at their places.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "base/diagnostic.h"
#include "base/error.h"
#include "page/openapi_file.h"

namespace conform {

/// An object's member; null where there is none, or `value` is no object.
const nlohmann::json& MemberOf(const nlohmann::json& value, const std::string& name);

/// A value and where it stands.
struct OpenApiNode {
  std::shared_ptr<const OpenApiFile> file;
  std::string pointer;
  nlohmann::json value;  ///< null where there is none.

  /// A member or item; its value is null where there is none.
  OpenApiNode At(const std::string& name) const;
  bool IsThere() const { return !value.is_null(); }
  /// A member's text; empty where it is none.
  std::string Text(const std::string& name) const;
};

class OpenApiDocument {
 public:
  /// OpenAPI 3.0 or 3.1. Errors: as OpenApiFile::Load; no OpenAPI, or of another version.
  static Expected<OpenApiDocument> Open(const std::filesystem::path& path,
                                        Diagnostics& diagnostics);

  const std::shared_ptr<const OpenApiFile>& file() const { return root_; }
  bool Is30() const { return is_3_0_; }
  /// `nullable` holds for the schema in which it stands; since 3.0.3 for the `type` beside it.
  bool IsNullableOfAll() const { return is_before_3_0_3_; }

  /// Of the main file; null where nothing is there.
  OpenApiNode Find(const std::string& pointer) const;
  /// What a `$ref` leads to, through several of them; `node` itself where it is none. A reference
  /// is followed in its file and to files in the document's folder, never over the network. Nothing
  /// where it leads nowhere, which is a warning.
  std::optional<OpenApiNode> Resolve(OpenApiNode node);

  /// Each message once a place.
  void Warn(const OpenApiNode& node, std::string message, std::string advice = "");

 private:
  OpenApiDocument(std::shared_ptr<const OpenApiFile> root, Diagnostics& diagnostics)
      : root_(std::move(root)), diagnostics_(&diagnostics) {}

  Expected<std::shared_ptr<const OpenApiFile>> Beside(const OpenApiFile& from,
                                                      const std::string& name);

  std::shared_ptr<const OpenApiFile> root_;
  Diagnostics* diagnostics_;
  std::map<std::filesystem::path, std::shared_ptr<const OpenApiFile>> others_;
  bool is_3_0_ = false;
  bool is_before_3_0_3_ = false;
};

}  // namespace conform
