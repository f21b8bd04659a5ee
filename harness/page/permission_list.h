// Reads the permissions that a table's cell lists: which suffice alone, which only together.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace conform {

struct PermissionList {
  /// Each a scope (`base/permission.h`), in the cell's order; none twice.
  std::vector<std::string> permissions;
  /// "A, B and C": whether the last alone joins the others is not told; all are taken together.
  bool unsure = false;
};

/// `text` may hold Markdown.
PermissionList ReadPermissionList(std::string_view text);

}  // namespace conform
