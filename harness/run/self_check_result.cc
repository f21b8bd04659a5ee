#include "run/self_check_result.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "auth/user_folder.h"
#include "record/atomic_file.h"
#include "record/run_record_json.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

fs::path FileIn(const Environment& environment) {
  const fs::path folder = StateFolder(environment);
  return folder.empty() ? folder : folder / "self-check.json";
}

}  // namespace

Expected<void> KeepSelfCheck(const SelfCheckRecord& result, const ToolRecord& tool,
                             const std::vector<FileRecord>& files, const Environment& environment,
                             const Redactor& redactor) {
  const fs::path file = FileIn(environment);
  if (file.empty()) return Fail("cannot keep the result: set XDG_STATE_HOME or HOME");
  static_cast<void>(MakeStateFolder(file.parent_path()));  // what fails is told by the writing
  RunHeader header;
  header.tool = tool;
  header.files = files;
  header.self_check = {result};
  std::string text;
  AppendJson(header, text);
  return ReplaceFile(file, text + "\n", redactor);
}

std::optional<SelfCheckRecord> FindSelfCheck(const ToolRecord& tool,
                                             const std::vector<FileRecord>& files,
                                             const Environment& environment) {
  std::ifstream file(FileIn(environment), std::ios::binary);
  if (!file) return std::nullopt;
  const std::string text(std::istreambuf_iterator<char>(file), {});
  const auto json = ParseJson(text);
  if (!json) return std::nullopt;
  const auto kept = ReadRunHeader(*json);
  const auto as_tuple = [](const ToolRecord& of) {
    return std::tie(of.version, of.commit, of.build);
  };
  if (!kept || kept->self_check.empty() || as_tuple(kept->tool) != as_tuple(tool)) {
    return std::nullopt;
  }
  std::set<std::pair<std::string, std::string>> known;
  for (const FileRecord& each : kept->files) known.emplace(each.path, each.sha256);
  const bool same = std::all_of(files.begin(), files.end(), [&](const FileRecord& each) {
    return each.kind == "profile" || known.count({each.path, each.sha256}) > 0;
  });
  return same ? std::optional(kept->self_check.front()) : std::nullopt;
}

}  // namespace conform
