#include "page/schema_reach.h"

#include <deque>
#include <memory>
#include <utility>
#include <vector>

#include "base/json_pointer.h"
#include "page/openapi_keyword.h"

namespace conform {
namespace {

using Json = nlohmann::json;

/// A reference that was followed on the way to a part, and those before it.
struct Followed {
  std::string target;
  std::shared_ptr<const Followed> before;
};

bool WasFollowed(const Followed* reference, const std::string& target) {
  for (; reference != nullptr; reference = reference->before.get()) {
    if (reference->target == target) return true;
  }
  return false;
}

struct Part {
  std::shared_ptr<const OpenApiFile> file;
  std::string pointer;
  const Json* value;
  std::shared_ptr<const Followed> followed;
};

class LevelWalk {
 public:
  explicit LevelWalk(OpenApiDocument& document) : document_(document) {}

  /// What stands one level below; no more is sought where that is more than `most`.
  std::vector<Part> Below(const std::vector<Part>& level, int most) {
    std::vector<Part> below;
    for (const Part& part : level) {
      if (std::cmp_greater(below.size(), most)) break;
      if (part.value->is_object()) AddBelow(part, below);
    }
    return below;
  }

 private:
  void AddBelow(const Part& part, std::vector<Part>& below) {
    if (part.value->contains("$ref")) {
      AddTarget(part, below);
      // In OpenAPI 3.0 what stands beside a reference counts for nothing.
      if (!document_.Is30()) {
        held_.push_back(*part.value);
        held_.back().erase("$ref");
        below.push_back({part.file, part.pointer, &held_.back(), part.followed});
      }
      return;
    }
    for (const auto& [name, value] : part.value->items()) {
      const std::optional<KeywordForm> form = FormOfKeyword(name);
      const std::string pointer = JoinPointer(part.pointer, name);
      if (form == KeywordForm::kSchema) {
        below.push_back({part.file, pointer, &value, part.followed});
      } else if ((form == KeywordForm::kSchemas && value.is_array()) ||
                 (form == KeywordForm::kMembers && value.is_object())) {
        for (const auto& [key, each] : value.items())
          below.push_back({part.file, JoinPointer(pointer, key), &each, part.followed});
      }
    }
  }

  void AddTarget(const Part& part, std::vector<Part>& below) {
    std::optional<OpenApiNode> target =
        document_.Resolve({part.file, part.pointer, Json{{"$ref", (*part.value)["$ref"]}}});
    if (!target) return;
    std::string key = target->file->path().string() + "#" + target->pointer;
    if (WasFollowed(part.followed.get(), key)) return;
    const auto followed = std::make_shared<const Followed>(Followed{std::move(key), part.followed});
    held_.push_back(std::move(target->value));
    below.push_back({target->file, target->pointer, &held_.back(), followed});
  }

  OpenApiDocument& document_;
  std::deque<Json> held_;  // what is pointed to and stands in no part above
};

}  // namespace

SchemaReach ReachOf(OpenApiDocument& document, const OpenApiNode& schema, int most_parts,
                    int most_levels) {
  LevelWalk walk(document);
  std::vector<Part> level = {{schema.file, schema.pointer, &schema.value, nullptr}};
  int left = most_parts;
  int levels = 0;
  while (levels < most_levels && !level.empty() && std::cmp_less_equal(level.size(), left)) {
    left -= static_cast<int>(level.size());
    ++levels;
    level = walk.Below(level, left);
  }
  return {levels, levels < most_levels ? left : 0};
}

}  // namespace conform
