// A file of a bundle, in memory.
#pragma once

#include <string>

namespace conform {

/// `path` is its place in the bundle, segments parted by `/`: `run.json`, `inputs/cases/a.yaml`.
struct BundleFile {
  std::string path;
  std::string bytes;
};

}  // namespace conform
