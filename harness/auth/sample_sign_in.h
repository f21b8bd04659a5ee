// A token endpoint that answers as told, and what a sign-in needs around it, for tests.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "auth/sign_in_client.h"
#include "base/percent.h"
#include "testing/hostile_server.h"

namespace conform {

inline const std::chrono::system_clock::time_point kSampleStart{std::chrono::hours(24 * 20'000)};

inline std::string HttpAnswer(int status, const std::string& body, const std::string& fields = "") {
  return fmt::format(
      "HTTP/1.1 {} X\r\n{}Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{}", status,
      fields, body.size(), body);
}

/// The clock stands still but for what is waited; each answer is given once, in order.
class SignInTest : public testing::Test {
 protected:
  SignInTest() { std::filesystem::remove_all(folder_); }
  ~SignInTest() override { std::filesystem::remove_all(folder_); }

  void Answer(const std::vector<std::string>& answers) {
    std::vector<Script> scripts;
    scripts.reserve(answers.size());
    for (const std::string& answer : answers) scripts.push_back(AnswerAndClose(answer));
    server_ = std::make_unique<HostileServer>(std::move(scripts));
  }
  std::string address() const { return FormatOrigin(server_->origin()); }

  SignInTools Tools() {
    return {clock_, redactor_,
            [this](std::string_view name) -> std::optional<std::string> {
              const auto found = variables_.find(std::string(name));
              if (found == variables_.end()) return std::nullopt;
              return found->second;
            },
            [this](const std::string& lines) { explained_ += lines; }, stopped_};
  }
  SignInClient& Client() {
    if (client_ == nullptr) {
      Bounds bounds;
      bounds.read = bounds.exchange = std::chrono::seconds(20);
      client_ = std::make_unique<SignInClient>(ConnectionSettings{}, bounds,
                                               std::chrono::seconds(30), Tools());
    }
    return *client_;
  }
  std::chrono::seconds Waited() const {
    return std::chrono::duration_cast<std::chrono::seconds>(clock_.Now() - kSampleStart);
  }
  /// The forms that came, decoded: `a=b c`.
  std::vector<std::string> Forms() const {
    std::vector<std::string> forms;
    for (const ReceivedRequest& request : server_->requests()) {
      forms.push_back(DecodePercent(request.request.body));
    }
    return forms;
  }
  std::filesystem::path WriteFile(const std::string& name, const std::string& text,
                                  std::filesystem::perms mode = std::filesystem::perms(0600)) {
    std::filesystem::create_directories(folder_);
    std::ofstream(folder_ / name, std::ios::binary) << text;
    std::filesystem::permissions(folder_ / name, mode);
    return folder_ / name;
  }

  const std::filesystem::path folder_ = [] {
    const auto* const test = testing::UnitTest::GetInstance()->current_test_info();
    std::string name = fmt::format("{}.{}.{}", test->test_suite_name(), test->name(), ::getpid());
    for (char& c : name) c = c == '/' ? '_' : c;
    return std::filesystem::path(testing::TempDir()) / name;
  }();
  ManualClock clock_{kSampleStart};
  Redactor redactor_{"key"};
  std::map<std::string, std::string> variables_ = {{"XDG_STATE_HOME", folder_.string()}};
  std::string explained_;
  IsStopped stopped_;
  std::unique_ptr<HostileServer> server_;
  std::unique_ptr<SignInClient> client_;
};

}  // namespace conform
