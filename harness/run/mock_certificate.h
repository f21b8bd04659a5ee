// The certificate that `conform mock --tls` shows: made for this start, or the caller's own.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/error.h"
#include "base/redactor.h"
#include "mock/mock_tls.h"

namespace conform {

struct MockCertificateFlags {
  bool tls = false;
  std::string certificate_file;  ///< empty: one is made.
  std::string key_file;
  std::string client_ca_file;  ///< empty: no client certificate is demanded.
};

/// Owns the file that names the authority of a certificate made here.
class MockCertificate {
 public:
  /// Errors: flags that do not go together, a file that cannot be read or written.
  static Expected<std::unique_ptr<MockCertificate>> Open(const MockCertificateFlags& flags,
                                                         const Redactor& redactor);

  /// Removes the file.
  ~MockCertificate();
  MockCertificate(const MockCertificate&) = delete;
  MockCertificate& operator=(const MockCertificate&) = delete;

  /// Nothing: plain http.
  const std::optional<MockTlsOptions>& options() const { return options_; }
  /// What a client is to trust; empty where the certificate is the caller's own.
  const std::string& ca_file() const { return ca_file_; }

 private:
  MockCertificate() = default;
  Expected<void> Make(const Redactor& redactor);

  std::optional<MockTlsOptions> options_;
  std::string ca_file_;
};

}  // namespace conform
