#include "bundle/run_inputs.h"

#include <fmt/format.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "base/digest.h"
#include "base/in_order.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

Expected<std::string> ReadBytes(const fs::path& path) {
  std::error_code failed;
  // Before it is opened: a pipe without a writer would keep us for ever.
  const bool is_file = fs::is_regular_file(path, failed);
  std::ifstream file;
  if (is_file) file.open(path, std::ios::binary);
  if (!is_file || !file) {
    const int number = failed ? failed.value() : is_file ? errno : ENOENT;
    return Fail(std::generic_category().message(number));
  }
  std::string bytes(std::istreambuf_iterator<char>(file), {});
  if (file.bad()) return Fail("it cannot be read to its end");
  return bytes;
}

}  // namespace

std::string PathInBundle(const FileRecord& file) {
  std::string path = "inputs";
  for (const fs::path& part : fs::path(file.path).lexically_normal().relative_path()) {
    if (part.empty()) continue;
    path += "/" + (part == ".." ? "_up" : part.string());
  }
  return path;
}

Expected<std::vector<BundleFile>> LoadRunInputs(const RunHeader& header, const fs::path& folder) {
  std::vector<BundleFile> files;
  files.reserve(header.files.size());
  for (const FileRecord& file : header.files) {
    auto bytes = ReadBytes(folder / file.path);
    if (!bytes) {
      return Fail(
          fmt::format("{}, which the run read, is not here: {}; make the bundle in the "
                      "folder in which the run was made",
                      file.path, bytes.error().message));
    }
    if (Sha256Hex(*bytes) != file.sha256) {
      return Fail(fmt::format(
          "{} changed since the run: a bundle holds what was run; run again, or restore it",
          file.path));
    }
    files.push_back({PathInBundle(file), *std::move(bytes)});
  }
  return files;
}

std::vector<std::string> FindSecretFiles(const RunHeader& header, const fs::path& folder,
                                         const Redactor& redactor) {
  constexpr std::size_t kFilesInStretch = 64;
  std::vector<std::string> paths;
  MakeInOrder(
      header.files.size(), kFilesInStretch,
      [&](std::size_t begin, std::size_t end) {
        std::vector<std::string> found;
        for (std::size_t i = begin; i < end; ++i) {
          const std::string& path = header.files[i].path;
          const auto bytes = ReadBytes(folder / path);
          if (bytes && redactor.Holds(*bytes)) found.push_back(path);
        }
        return found;
      },
      [&](std::vector<std::string> found) {
        std::move(found.begin(), found.end(), std::back_inserter(paths));
        return true;
      });
  return paths;
}

}  // namespace conform
