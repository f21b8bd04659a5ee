// `conform mock --tls` as another program, and the variables to reach it with, for tests.
#pragma once

#include <csignal>
#include <string>
#include <utility>
#include <vector>

#include "testing/program.h"

namespace conform {

using Variables = std::vector<std::string>;

/// What the machine's own environment says of proxies and authorities shall not decide a test;
/// `more` comes first and wins.
inline Variables SettledVariables(Variables more) {
  for (const char* const name : {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy",
                                 "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR"}) {
    more.push_back(std::string(name) + "=");
  }
  return more;
}

/// Until the object ends.
class TlsMock {
 public:
  /// `call` begins with the program; `mock --tls` and `flags` are put behind it.
  explicit TlsMock(ProgramCall call, const std::vector<std::string>& flags = {})
      : program_(Complete(std::move(call), flags)), address_(program_.ReadLine()) {
    constexpr std::string_view kCaFile = "# CA file: ";
    const std::string line = program_.ReadLine();
    if (line.starts_with(kCaFile)) ca_file_ = line.substr(kCaFile.size());
  }

  /// Ends it as a person would, so that it removes its authority's file.
  ~TlsMock() {
    program_.Signal(SIGTERM);
    program_.Wait();
  }
  TlsMock(const TlsMock&) = delete;
  TlsMock& operator=(const TlsMock&) = delete;

  const std::string& address() const { return address_; }
  /// Empty where the certificate was given.
  const std::string& ca_file() const { return ca_file_; }
  /// The variables of a client that trusts it.
  Variables trusting(Variables more = {}) const {
    more.push_back("SSL_CERT_FILE=" + ca_file_);
    return SettledVariables(std::move(more));
  }
  StartedProgram& program() { return program_; }

 private:
  static ProgramCall Complete(ProgramCall call, const std::vector<std::string>& flags) {
    call.arguments.insert(call.arguments.end(), {"mock", "--tls"});
    call.arguments.insert(call.arguments.end(), flags.begin(), flags.end());
    return call;
  }

  StartedProgram program_;
  std::string address_;
  std::string ca_file_;
};

}  // namespace conform
