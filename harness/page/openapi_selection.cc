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
  OpenApiSelector(const OpenApiFile& file, const OpenApiSelection& selection)
      : file_(file), selection_(selection) {}

  Expected<std::vector<ChosenOperation>> Choose() {
    std::vector<ChosenOperation> chosen;
    for (const std::string& path : file_.Keys("/paths")) {
      if (!path.starts_with("/")) continue;
      const std::string pointer = JoinPointer("/paths", path);
      known_paths_.push_back(path);
      for (const std::string& method : file_.Keys(pointer)) {
        const bool known = std::find(kOpenApiMethods.begin(), kOpenApiMethods.end(), method) !=
                           kOpenApiMethods.end();
        if (known && IsChosen(path, JoinPointer(pointer, method))) chosen.push_back({path, method});
      }
    }
    if (Expected<void> met = AllMet(); !met) return tl::unexpected(met.error());
    return chosen;
  }

 private:
  bool IsChosen(const std::string& path, const std::string& pointer) {
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
    narrow(selection_.paths, [&](const std::string& name) { return name == path; });
    if (!selection_.operations.empty()) {
      const std::string id = TextAt(file_, JoinPointer(pointer, "operationId"));
      if (!id.empty()) known_operations_.push_back(id);
      narrow(selection_.operations, [&](const std::string& name) { return name == id; });
    }
    if (!selection_.tags.empty()) {
      const Json tags = file_.Value(JoinPointer(pointer, "tags")).value_or(Json::array());
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
        return Fail(fmt::format("{}: no {} '{}' in it{}", file_.path().string(), kind,
                                ShowLine(name), near.empty() ? "" : "; " + near));
      }
    }
    return {};
  }

  const OpenApiFile& file_;
  const OpenApiSelection& selection_;
  std::vector<std::string> known_paths_;
  std::vector<std::string> known_operations_;
  std::set<std::string> known_tags_;
  std::set<std::string> met_;
};

}  // namespace

Expected<std::vector<ChosenOperation>> ChooseOperations(const OpenApiFile& file,
                                                        const OpenApiSelection& selection) {
  return OpenApiSelector(file, selection).Choose();
}

}  // namespace conform
