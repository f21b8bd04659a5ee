#include "run/mock_certificate.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "base/source_text.h"
#include "record/atomic_file.h"

namespace conform {
namespace {

Expected<std::string> ReadFile(const char* flag, const std::string& path) {
  const auto source = SourceText::Load(path);
  if (source) return (*source)->text();
  return Fail(fmt::format("{} {}: {}", flag, path, source.error().message));
}

/// A new file in the folder for temporary ones; its path.
Expected<std::string> WriteTemporary(const std::string& text, const Redactor& redactor) {
  std::error_code failed;
  std::string path = (std::filesystem::temp_directory_path(failed) / "conform-ca-XXXXXX").string();
  const int file = ::mkstemp(path.data());
  if (file < 0) return Fail(fmt::format("the authority's file {} cannot be made", path));
  ::close(file);
  if (auto written = ReplaceUnchanged(path, text, redactor); !written) {
    ::unlink(path.c_str());
    return tl::unexpected(written.error());
  }
  return path;
}

}  // namespace

Expected<std::unique_ptr<MockCertificate>> MockCertificate::Open(const MockCertificateFlags& flags,
                                                                 const Redactor& redactor) {
  std::unique_ptr<MockCertificate> certificate(new MockCertificate());
  const bool own = !flags.certificate_file.empty();
  if (own == flags.key_file.empty()) return Fail("--tls-cert and --tls-key go together");
  if (!flags.tls) {
    if (own || !flags.client_ca_file.empty()) {
      return Fail("--tls-cert, --tls-key and --client-ca go with --tls");
    }
    return certificate;
  }
  certificate->options_.emplace();
  MockTlsOptions& options = *certificate->options_;
  if (!flags.client_ca_file.empty()) {
    auto client_ca = ReadFile("--client-ca", flags.client_ca_file);
    if (!client_ca) return tl::unexpected(client_ca.error());
    options.client_ca = *std::move(client_ca);
  }
  if (!own) {
    if (const auto made = certificate->Make(redactor); !made) return tl::unexpected(made.error());
    return certificate;
  }
  auto shown = ReadFile("--tls-cert", flags.certificate_file);
  if (!shown) return tl::unexpected(shown.error());
  auto key = ReadFile("--tls-key", flags.key_file);
  if (!key) return tl::unexpected(key.error());
  options.credential = {*std::move(shown), *std::move(key)};
  return certificate;
}

Expected<void> MockCertificate::Make(const Redactor& redactor) {
  auto made = MakeLoopbackCertificate(std::chrono::system_clock::now());
  if (!made) return tl::unexpected(made.error());
  auto file = WriteTemporary(made->authority, redactor);
  if (!file) return tl::unexpected(file.error());
  options_->credential = std::move(made->credential);
  ca_file_ = *std::move(file);
  return {};
}

MockCertificate::~MockCertificate() {
  if (!ca_file_.empty()) ::unlink(ca_file_.c_str());
}

}  // namespace conform
