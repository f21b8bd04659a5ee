// A small bundle, its keys and a folder to try it in, for tests.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/digest.h"
#include "bundle/bundle.h"
#include "bundle/zip_reader.h"
#include "bundle/zip_writer.h"
#include "record/example_record.h"
#include "testing/program.h"

namespace conform {

/// The key of RFC 8032 §7.1, test 1: published, so nothing may ever trust it.
inline constexpr const char* kSampleKey =
    "-----BEGIN PRIVATE KEY-----\n"
    "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
    "-----END PRIVATE KEY-----\n";
inline constexpr const char* kSamplePublicKey =
    "-----BEGIN PUBLIC KEY-----\n"
    "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n"
    "-----END PUBLIC KEY-----\n";

inline SigningKey SampleSigner() { return *SigningKey::Read(kSampleKey); }
inline PublicKey SampleReader() { return *PublicKey::Read(kSamplePublicKey); }

/// Removed with the object.
class SampleFolder {
 public:
  SampleFolder() {
    const auto* const test = testing::UnitTest::GetInstance()->current_test_info();
    std::string name = std::string("folder.") + test->test_suite_name() + "." + test->name();
    for (char& c : name) c = c == '/' ? '_' : c;
    path_ = std::filesystem::path(testing::TempDir()) / (name + "." + std::to_string(::getpid()));
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~SampleFolder() { std::filesystem::remove_all(path_); }
  SampleFolder(const SampleFolder&) = delete;
  SampleFolder& operator=(const SampleFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  void Write(const std::string& name, const std::string& bytes) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << bytes;
  }
  std::string Read(const std::string& name) const {
    std::ifstream file(path_ / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  /// A shell script run in it; the test fails where the script does.
  std::string Run(const std::string& script) const {
    const ProgramResult result = RunProgram(ProgramCall{{"bash", "-euc", script}, "", path_});
    EXPECT_EQ(result.exit_code, 0) << script << '\n' << result.output << result.errors;
    return result.output;
  }

 private:
  std::filesystem::path path_;
};

/// ExampleRecord, made from a case and a contract.
inline RunRecord SampleRun() {
  RunRecord record = ExampleRecord();
  record.header.files = {{"case", "cases/a.yaml", Sha256Hex("title: A\n")},
                         {"spec", "specs/b.yaml", Sha256Hex("operation: b\n")}};
  return record;
}

inline std::vector<BundleFile> SampleFiles() {
  return {{"run.json", "{}\n"},
          {"junit.xml", "<testsuites/>\n"},
          {"inputs/specs/b.yaml", "operation: b\n"},
          {"inputs/cases/a.yaml", "title: A\n"}};
}

inline RunOutcome SampleOutcome() { return {1, "nonconformance", {"1 test failed"}}; }

inline std::string SampleBundle(const BundleSeal& seal, const RunRecord& run = SampleRun()) {
  auto bundle = MakeBundle(run, SampleOutcome(), SampleFiles(), seal);
  EXPECT_TRUE(bundle) << (bundle ? "" : bundle.error().message);
  return bundle ? *std::move(bundle) : "";
}

using Files = std::vector<BundleFile>;

inline Files Unzip(const std::string& archive) {
  const auto contents = ReadZip(archive);
  Files files;
  for (const ZipMember& member : contents->members) {
    files.push_back({std::string(member.name), std::string(member.bytes)});
  }
  return files;
}

/// With the checksums of what `files` are now.
inline std::string Zip(const Files& files) {
  std::vector<ZipEntry> entries;
  for (const BundleFile& file : files) entries.push_back({file.path, file.bytes});
  return *WriteZip(entries);
}

/// Signed with kSampleKey, the same bytes each time.
inline std::string SampleBundle() {
  const SigningKey key = SampleSigner();
  return SampleBundle({&key, {}});
}

}  // namespace conform
