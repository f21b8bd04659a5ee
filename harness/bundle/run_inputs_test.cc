#include "bundle/run_inputs.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "bundle/sample_bundle.h"

namespace conform {
namespace {

FileRecord Case(const std::string& path, const std::string& text) {
  return {"case", path, Sha256Hex(text)};
}

/// Empty where every file was read.
std::string Why(const RunHeader& header, const std::filesystem::path& folder) {
  const auto files = LoadRunInputs(header, folder);
  return files ? "" : files.error().message;
}

TEST(PathInBundle, StaysBelowInputs) {
  for (const auto& [path, expected] : {
           std::pair{"cases/a.yaml", "inputs/cases/a.yaml"},
           std::pair{"./cases//b/../a.yaml", "inputs/cases/a.yaml"},
           std::pair{"/usr/share/conform/specs/b.yaml", "inputs/usr/share/conform/specs/b.yaml"},
           std::pair{"../../other/a.yaml", "inputs/_up/_up/other/a.yaml"},
           std::pair{"/../a.yaml", "inputs/a.yaml"},
       }) {
    EXPECT_EQ(PathInBundle(Case(path, "")), expected) << path;
  }
}

TEST(LoadRunInputs, ReadsEveryFileOfTheHeader) {
  const SampleFolder folder;
  folder.Write("here/cases/a.yaml", "title: A\n");
  folder.Write("cases/b.yaml", "");
  RunHeader header;
  header.files = {Case("cases/a.yaml", "title: A\n"), Case("../cases/b.yaml", "")};
  const auto files = LoadRunInputs(header, folder.path() / "here");
  ASSERT_TRUE(files) << files.error().message;
  ASSERT_EQ(files->size(), 2u);
  EXPECT_EQ((*files)[0].path, "inputs/cases/a.yaml");
  EXPECT_EQ((*files)[0].bytes, "title: A\n");
  EXPECT_EQ((*files)[1].path, "inputs/_up/cases/b.yaml");
  EXPECT_EQ((*files)[1].bytes, "");
}

TEST(LoadRunInputs, NamesAFileThatChangedSinceTheRun) {
  const SampleFolder folder;
  folder.Write("cases/a.yaml", "title: B\n");
  RunHeader header;
  header.files = {Case("cases/a.yaml", "title: A\n")};
  EXPECT_EQ(
      Why(header, folder.path()),
      "cases/a.yaml changed since the run: a bundle holds what was run; run again, or restore "
      "it");
}

TEST(LoadRunInputs, NamesAFileThatCannotBeRead) {
  const SampleFolder folder;
  folder.Write("cases/folder/a.yaml", "");
  RunHeader header;
  header.files = {Case("cases/gone.yaml", "")};
  EXPECT_EQ(Why(header, folder.path()),
            "cases/gone.yaml, which the run read, is not here: No such file or directory; make the "
            "bundle in the folder in which the run was made");
  header.files = {Case("cases/folder", "")};
  EXPECT_FALSE(LoadRunInputs(header, folder.path()));
  ASSERT_EQ(::mkfifo((folder.path() / "cases/pipe.yaml").c_str(), 0600), 0);
  header.files = {Case("cases/pipe.yaml", "")};
  EXPECT_FALSE(LoadRunInputs(header, folder.path()));  // and does not wait for a writer
}

TEST(FindSecretFiles, NamesThoseThatHoldOne) {
  const SampleFolder folder;
  folder.Write("cases/a.yaml", "title: A\n");
  folder.Write("cases/b.yaml", "title: has c2VjcmV0LXdvcmQ=\n");
  RunHeader header;
  header.files = {Case("cases/a.yaml", ""), Case("cases/b.yaml", ""), Case("cases/gone.yaml", "")};
  Redactor redactor("key");
  EXPECT_EQ(FindSecretFiles(header, folder.path(), redactor), std::vector<std::string>());
  redactor.AddSecret("secret-word", "token");
  EXPECT_EQ(FindSecretFiles(header, folder.path(), redactor),
            std::vector<std::string>{"cases/b.yaml"});
}

}  // namespace
}  // namespace conform
