// Expected texts that lie beside their inputs.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace conform {

/// Empty where it cannot be read.
std::string ReadTestFile(const std::filesystem::path& path);

/// The stems of the `.yaml` files in a folder, sorted.
std::vector<std::string> YamlStems(const std::filesystem::path& folder);

/// What `path` holds. With CONFORM_UPDATE_GOLDENS set in the environment it is first written anew
/// with `actual`: read what it wrote.
std::string Golden(const std::filesystem::path& path, std::string_view actual);

}  // namespace conform
