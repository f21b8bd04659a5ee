// `conform login` of the built program at the mock of Entra, and runs that renew its sign-in.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "run/sample_control.h"
#include "run/sample_project.h"

namespace conform {
namespace {

namespace fs = std::filesystem;

/// A project with one case as somebody who signs in, and a mock started alone beside it.
class LoginProgram : public testing::Test {
 protected:
  LoginProgram() : mock_(project_.Call({"mock"})), address_(mock_.ReadLine()) {
    project_.Remove("cases/things/without_token.yaml");
    project_.Write("profile.yaml",
                   fmt::format("name: lab\ntitle: A lab\ntarget: {}\nidentities:\n"
                               "  delegated_work: {{sign_in: {{authority: '{}', tenant_variable: "
                               "LAB_TENANT, client: c0f0a001-0000-4000-8000-000000000001, scopes: "
                               "['https://graph.microsoft.com/.default']}}}}\n",
                               address_, address_));
    EXPECT_EQ(Control("entra/times", R"({"interval_s": 0})"), 204);
  }

  int Control(const std::string& path, const std::string& content) const {
    return PostControl(address_, path, content);
  }

  ProgramCall Call(std::vector<std::string> arguments) const {
    return project_.Call(
        std::move(arguments),
        {"LAB_TENANT=conform.example", "XDG_STATE_HOME=" + (project_.folder() / "state").string()});
  }
  /// The exit code with both outputs behind it.
  static std::string Told(const ProgramResult& ran) {
    return fmt::format("exit {}\n{}{}", ran.exit_code, ran.output, ran.errors);
  }
  std::string Login(std::vector<std::string> more) const {
    more.insert(more.begin(), {"login", "--profile", "profile.yaml"});
    return Told(RunProgram(Call(std::move(more))));
  }
  std::string Run() const {
    return Told(RunProgram(Call({"run", "--profile", "profile.yaml", "--base-url", address_})));
  }
  /// What the program told, with the person's answer (`approve`, `decline`) behind it.
  std::string SignIn(const std::string& decision, std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"login", "--profile", "profile.yaml"});
    StartedProgram login(Call(std::move(more)));
    std::string told;
    std::string code;
    while (code.empty()) {
      const std::string line = login.ReadLine();
      if (line.empty()) break;
      told += line + "\n";
      constexpr std::string_view kBefore = " and enter the code ";
      const std::size_t at = line.find(kBefore);
      if (line.starts_with("open ") && at != std::string::npos) {
        code = line.substr(at + kBefore.size());
      }
    }
    EXPECT_EQ(Control("entra/device/" + code,
                      fmt::format(R"({{"do": "{}", "as": "alice@conform.example"}})", decision)),
              204)
        << told;
    const ProgramResult ended = login.Wait();
    return fmt::format("exit {}\n{}{}{}", ended.exit_code, told, ended.output, ended.errors);
  }
  std::string KeptToken() const {
    for (const auto& file : fs::directory_iterator(project_.folder() / "state" / "conform")) {
      if (file.path().extension() != ".json") continue;
      const auto kept = nlohmann::json::parse(
          project_.Read(fs::relative(file.path(), project_.folder()).string()), nullptr, false);
      return kept.value("refresh_token", "");
    }
    return "";
  }

  SampleProject project_;
  StartedProgram mock_;
  std::string address_;
};

void ExpectPart(const std::string& told, const std::string& part) {
  EXPECT_NE(told.find(part), std::string::npos) << told;
}

TEST_F(LoginProgram, SignsInAndLaterRunsRenewItSilently) {
  const std::string told = SignIn("approve", {"--explain"});
  ExpectPart(told, "exit 0\n");
  ExpectPart(told, fmt::format("delegated_work at {}/conform.example as "
                               "c0f0a001-0000-4000-8000-000000000001\nopen {}",
                               address_, address_));
  ExpectPart(told, "\nsigned in; kept in " + (project_.folder() / "state/conform/login-").string());
  ExpectPart(told, ">   grant_type = urn:ietf:params:oauth:grant-type:device_code\n");
  ExpectPart(told, "<   device_code = [device_code, ");
  const std::string first = KeptToken();
  ASSERT_NE(first, "");
  ExpectPart(Login({"--list"}), ": signed in\n");

  const std::string once = Run();
  ExpectPart(once, "exit 0\n");
  ExpectPart(once, ": 1 pass\n");
  const std::string second = KeptToken();
  EXPECT_NE(second, first);
  const std::string again = Run();
  // The first run's synchronisation is still in progress: 409, to a good token.
  ExpectPart(again, "HTTP/1.1 409");
  const std::string third = KeptToken();
  EXPECT_NE(third, second);

  std::string all = told + once + again;
  for (const auto& file : fs::recursive_directory_iterator(project_.folder() / "reports")) {
    if (file.is_regular_file()) {
      all += project_.Read(fs::relative(file.path(), project_.folder()).string());
    }
  }
  for (const std::string& secret : {first, second, third, std::string("eyJ")}) {
    EXPECT_EQ(all.find(secret), std::string::npos) << all;
  }
}

TEST_F(LoginProgram, ProcessesSideBySideDoNotRenewOneTokenTwice) {
  ExpectPart(SignIn("approve"), "exit 0\n");
  // The mock revokes a sign-in whose refresh token comes twice.
  for (int round = 0; round < 2; ++round) {
    StartedProgram one(Call({"run", "--profile", "profile.yaml", "--out", "one"}));
    StartedProgram two(Call({"run", "--profile", "profile.yaml", "--out", "two"}));
    // One alone synchronises; both reached the service.
    for (StartedProgram* const each : {&one, &two}) {
      EXPECT_EQ(Told(each->Wait()).find("no token"), std::string::npos);
    }
  }
}

TEST_F(LoginProgram, WhereNobodySignedInTheRunTellsHow) {
  const std::string how =
      "no token for delegated_work: conform login --profile profile.yaml --identity "
      "delegated_work, or set CONFORM_TOKEN_DELEGATED_WORK";
  ExpectPart(Run(), how);
  ExpectPart(Login({"--list"}), ": nobody signed in\n");
  ExpectPart(SignIn("approve"), "exit 0\n");
  ExpectPart(Login({"--forget"}), ": forgotten here; the server is not told\n");
  ExpectPart(Login({"--forget"}), ": nobody had signed in\n");
  ExpectPart(Run(), how);
}

TEST_F(LoginProgram, TellsThatItWasDeclinedAndKeepsNothing) {
  const std::string told = SignIn("decline");
  ExpectPart(told, "exit 3\n");
  ExpectPart(told, "conform: delegated_work: the sign-in was declined (no token: ");
  EXPECT_TRUE(fs::is_empty(project_.folder() / "state" / "conform"));
}

TEST_F(LoginProgram, ARunWhoseSignInIsOverTellsToSignInAnew) {
  ExpectPart(SignIn("approve"), "exit 0\n");
  EXPECT_EQ(Control("entra/clock", R"({"advance_ms": 8640000000})"), 204);
  const std::string told = Run();
  ExpectPart(told, "exit 3\n");
  ExpectPart(told, "AADSTS700082");
  ExpectPart(told, "sign in anew: conform login --profile profile.yaml --identity delegated_work");
}

TEST_F(LoginProgram, RefusesAFileThatOthersCouldRead) {
  ExpectPart(SignIn("approve"), "exit 0\n");
  for (const auto& file : fs::directory_iterator(project_.folder() / "state" / "conform")) {
    fs::permissions(file.path(), fs::perms(0644));
  }
  const std::string told = Run();
  ExpectPart(told, "exit 3\n");
  ExpectPart(told, " holds sign-ins and is open to others: chmod 600 ");
}

TEST_F(LoginProgram, RefusesAFolderThatOthersCouldReadBeforeAnybodySignsIn) {
  const fs::path folder = project_.folder() / "state" / "conform";
  fs::create_directories(folder);
  fs::permissions(folder, fs::perms(0755));
  const std::string told = Login({});
  ExpectPart(told, "exit 3\n");
  ExpectPart(told, " holds sign-ins and is open to others: chmod 700 ");
  EXPECT_EQ(told.find("enter the code"), std::string::npos) << told;
}

TEST_F(LoginProgram, RefusesWhatHasNothingToSignInTo) {
  const std::string told = Login({"--identity", "delegated_personal"});
  ExpectPart(told, "exit 2\n");
  ExpectPart(told,
             "--identity delegated_personal: of profile profile.yaml signs in delegated_work");
  const std::string unset =
      Told(project_.Conform({"login", "--profile", "profile.yaml"}, {"LAB_TENANT="}));
  ExpectPart(unset, "exit 2\n");
  ExpectPart(unset, "delegated_work: LAB_TENANT is not set, which the profile names\n");
  ExpectPart(Told(RunProgram(Call({"login", "--profile", "mock"}))),
             "the mock that conform starts itself issues its own tokens");
}

}  // namespace
}  // namespace conform
