// An authority that OpenSSL trusts for a while, for tests.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace conform {

/// What OpenSSL trusts while the object lives.
class TrustedFile {
 public:
  explicit TrustedFile(const std::string& certificate)
      : path_(
            (std::filesystem::path(testing::TempDir()) / ("trusted." + std::to_string(::getpid())))
                .string()) {
    std::ofstream(path_, std::ios::binary) << certificate;
    ::setenv("SSL_CERT_FILE", path_.c_str(), 1);
  }
  ~TrustedFile() {
    ::unsetenv("SSL_CERT_FILE");
    std::filesystem::remove(path_);
  }
  TrustedFile(const TrustedFile&) = delete;
  TrustedFile& operator=(const TrustedFile&) = delete;

 private:
  std::string path_;
};

}  // namespace conform
