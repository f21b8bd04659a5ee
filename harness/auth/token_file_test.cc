#include "auth/token_file.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace conform {
namespace {

constexpr uid_t kSomebodyElse = 65531;

/// As Kubernetes mounts a Secret: root's, and the group's to read.
TEST(ReadSecretFile, OfAnotherOwnerMayBeReadByTheGroup) {
  const auto file =
      std::filesystem::path(testing::TempDir()) / fmt::format("secret.{}", ::getpid());
  std::ofstream(file) << "from-file";
  if (::chown(file.c_str(), kSomebodyElse, ::getegid()) != 0) {
    std::filesystem::remove(file);
    GTEST_SKIP() << "only root gives a file away";
  }
  const std::string refused = file.string() +
                              " holds a secret and can be read by others: let its owner chmod 640 "
                              "it; of a Secret of Kubernetes, defaultMode: 0440";
  const struct {
    mode_t mode;
    bool taken;
  } rows[] = {{0440, true},  {0640, true},  {0400, true},  {0600, true},
              {0444, false}, {0644, false}, {0660, false}, {0450, false}};
  for (const auto& row : rows) {
    ASSERT_EQ(::chmod(file.c_str(), row.mode), 0);
    const auto text = ReadSecretFile(file);
    EXPECT_EQ(text ? *text : text.error().message, row.taken ? "from-file" : refused)
        << fmt::format("{:o}", row.mode);
  }
  std::filesystem::remove(file);
}

}  // namespace
}  // namespace conform
