// A client for one request to a secure server, and what it told, for tests.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "exchange/client.h"
#include "testing/sample_request.h"
#include "testing/test_authority.h"

namespace conform {

/// A file below the test's own folder; its path.
inline std::string WriteFile(const std::string& name, const std::string& text) {
  const auto* const test = testing::UnitTest::GetInstance()->current_test_info();
  std::string path =
      fmt::format("{}{}.{}.{}", testing::TempDir(), test->test_suite_name(), test->name(), name);
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

inline ConnectionSettings Trusting(const TestAuthority& authority) {
  ConnectionSettings settings;
  settings.tls.ca_file = WriteFile("ca.pem", authority.credential().certificate);
  return settings;
}

inline Attempt SendTo(const Origin& origin, const ConnectionSettings& settings) {
  const auto client = Client::Open(origin, {}, kClock, settings);
  if (!client) {
    Attempt attempt;
    attempt.trouble = {TroubleKind::kTls, client.error().message, ""};
    return attempt;
  }
  return (*client)->Send(kGet);
}

/// `204`, or `tls: what happened | what to check`, with the port settled.
inline std::string Told(const Attempt& attempt, int port = 0) {
  std::string told = attempt.trouble
                         ? fmt::format("{}: {} | {}", NameOf(attempt.trouble->kind),
                                       attempt.trouble->text, attempt.trouble->advice)
                         : fmt::format("{}", attempt.response ? attempt.response->status : 0);
  const std::string number = fmt::format(":{}", port);
  if (const std::size_t at = told.find(number); port != 0 && at != std::string::npos) {
    told.replace(at, number.size(), ":PORT");
  }
  return told;
}

}  // namespace conform
