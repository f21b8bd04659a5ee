// Programs that others wrote, installed into build/peers (harness/testing/peers/package.json).
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "testing/program.h"

namespace conform {

/// build/peers/node_modules.
std::filesystem::path PeerFolder();

/// Node 20 or newer: the machine's own, or one that came along.
std::string NodeProgram();

/// Calls a script of harness/testing/peers, or one of PeerFolder() that `script` names whole.
/// `variables` are put before the environment.
ProgramCall NodeCall(const std::filesystem::path& script, const std::vector<std::string>& arguments,
                     std::vector<std::string> variables = {});

/// The same, until it ends.
ProgramResult RunNode(const std::filesystem::path& script,
                      const std::vector<std::string>& arguments,
                      std::vector<std::string> variables = {});

/// What `conform run` of the sync operation's cases on the embedded mock leaves in that file;
/// `format` is asked for besides.
std::string ReportOfARun(const std::string& format, const std::string& file);

/// A file of this process's own that holds `bytes`, removed with it.
class PeerFile {
 public:
  /// `name` ends it: some readers go by a file's ending.
  PeerFile(std::string_view name, std::string_view bytes);
  ~PeerFile();
  PeerFile(const PeerFile&) = delete;
  PeerFile& operator=(const PeerFile&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// The first `from` in `text` replaced; fails the test where there is none.
std::string Spoil(std::string text, std::string_view from, std::string_view to);

/// Where peers are not installed its tests are skipped, or fail where CONFORM_PEERS is `required`,
/// as harness/bootstrap.sh test sets it.
class PeerTest : public testing::Test {
 protected:
  void SetUp() override;
};

}  // namespace conform
