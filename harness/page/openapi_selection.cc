#include "page/openapi_selection.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "base/nearest_name.h"
#include "base/utf8.h"

namespace conform {
namespace {

using Json = nlohmann::json;

constexpr std::array<std::string_view, 8> kOpenApiMethods = {"get",     "put",  "post",  "delete",
                                                             "options", "head", "patch", "trace"};

std::string TextAt(const OpenApiFile& file, const std::string& pointer) {
  const std::optional<Json> value = file.Value(pointer);
  return value && value->is_string() ? value->get<std::string>() : "";
}

/// Which of the names asked for were met, so that none selects nothing unheard.
class OpenApiSelector {
 public:
  OpenApiSelector(OpenApiDocument& document, const OpenApiSelection& selection)
      : document_(document), selection_(selection) {}

  Expected<std::vector<ChosenOperation>> Choose() {
    std::vector<ChosenOperation> chosen;
    for (const std::string& path : document_.file()->Keys("/paths")) {
      if (!path.starts_with("/")) continue;
      known_paths_.push_back(path);
      const std::optional<OpenApiNode> item = Follow(JoinPointer("/paths", path));
      if (!item) continue;
      for (const std::string& method : item->file->Keys(item->pointer)) {
        ChosenOperation each{path, method, item->file, item->pointer};
        if (IsMethod(method) && IsChosen(each)) chosen.push_back(std::move(each));
      }
    }
    if (Expected<void> met = AllMet(); !met) return tl::unexpected(met.error());
    return chosen;
  }

 private:
  static bool IsMethod(const std::string& key) {
    return std::find(kOpenApiMethods.begin(), kOpenApiMethods.end(), key) != kOpenApiMethods.end();
  }

  /// Where the path item stands; its value is not read.
  std::optional<OpenApiNode> Follow(const std::string& pointer) {
    OpenApiNode item{document_.file(), pointer, nullptr};
    const std::string reference = TextAt(*item.file, JoinPointer(pointer, "$ref"));
    if (reference.empty()) return item;
    for (const std::string& key : item.file->Keys(pointer)) {
      if (key == "$ref" || key == "summary" || key == "description" || key.starts_with("x-"))
        continue;
      document_.Warn({item.file, JoinPointer(pointer, key), nullptr},
                     fmt::format("`{}` beside a path's $ref is not read", ShowLine(key)));
    }
    item.value = {{"$ref", reference}};
    return document_.Resolve(item);
  }

  bool IsChosen(const ChosenOperation& operation) {
    const std::string pointer = JoinPointer(operation.path_item, operation.method);
    bool chosen = true;
    const auto narrow = [&](const std::vector<std::string>& wanted, const auto& holds) {
      if (wanted.empty()) return;
      bool any = false;
      for (const std::string& name : wanted) {
        if (!holds(name)) continue;
        any = true;
        met_.insert(name);
      }
      chosen = chosen && any;
    };
    narrow(selection_.paths, [&](const std::string& name) { return name == operation.path; });
    if (!selection_.operations.empty()) {
      const std::string id = TextAt(*operation.file, JoinPointer(pointer, "operationId"));
      if (!id.empty()) known_operations_.push_back(id);
      narrow(selection_.operations, [&](const std::string& name) { return name == id; });
    }
    if (!selection_.tags.empty()) {
      const Json tags = operation.file->Value(JoinPointer(pointer, "tags")).value_or(Json::array());
      for (const Json& tag : tags) {
        if (tag.is_string()) known_tags_.insert(tag.get<std::string>());
      }
      narrow(selection_.tags, [&](const std::string& name) {
        return std::find(tags.begin(), tags.end(), Json(name)) != tags.end();
      });
    }
    return chosen;
  }

  Expected<void> AllMet() const {
    const std::vector<std::string> tags(known_tags_.begin(), known_tags_.end());
    const std::tuple<const char*, const std::vector<std::string>&, const std::vector<std::string>&>
        kinds[] = {{"operation", selection_.operations, known_operations_},
                   {"tag", selection_.tags, tags},
                   {"path", selection_.paths, known_paths_}};
    for (const auto& [kind, wanted, known] : kinds) {
      for (const std::string& name : wanted) {
        if (met_.count(name) > 0) continue;
        const std::string near = DidYouMean(name, {known.begin(), known.end()});
        return Fail(fmt::format("{}: no {} '{}' in it{}", document_.file()->path().string(), kind,
                                ShowLine(name), near.empty() ? "" : "; " + near));
      }
    }
    return {};
  }

  OpenApiDocument& document_;
  const OpenApiSelection& selection_;
  std::vector<std::string> known_paths_;
  std::vector<std::string> known_operations_;
  std::set<std::string> known_tags_;
  std::set<std::string> met_;
};

}  // namespace

Expected<std::vector<ChosenOperation>> ChooseOperations(OpenApiDocument& document,
                                                        const OpenApiSelection& selection) {
  return OpenApiSelector(document, selection).Choose();
}

}  // namespace conform
