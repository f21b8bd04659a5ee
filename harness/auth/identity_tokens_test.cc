#include "auth/identity_tokens.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

namespace conform {
namespace {

struct SourceRow {
  std::string name;
  IdentitySource source;
  std::string told;  // the token, `nothing`, or the error
};

std::filesystem::path TokenPath(const std::string& name) {
  return std::filesystem::path(testing::TempDir()) / (name + "." + std::to_string(::getpid()));
}

std::filesystem::path WriteToken(const std::string& name, const std::string& text, mode_t mode) {
  auto path = TokenPath(name);
  std::ofstream(path) << text;
  ::chmod(path.c_str(), mode);
  return path;
}

std::string Without(std::string text, const std::string& part) {
  for (std::size_t at = 0; !part.empty() && (at = text.find(part)) != std::string::npos;) {
    text.replace(at, part.size(), "FILE");
  }
  return text;
}

std::string FindWith(const IdentitySource& source, IdentityKind asked) {
  SystemClock clock;
  Redactor redactor("key");
  redactor.AddSecret("sesame-open", "token");
  const Environment environment = [](std::string_view name) -> std::optional<std::string> {
    if (name == "SET") return "from-variable\n";
    if (name == "ODD") return "Bearer from-variable";
    return std::nullopt;
  };
  IdentityTokens tokens({{IdentityKind::kApplication, source}}, "https://graph.microsoft.com", {},
                        {}, SignInTools{clock, redactor, environment}, "lab");
  const auto token = tokens.Find({Identity{asked, ""}, "", ""});
  if (!token) return token.error().message;
  return token->value_or("nothing");
}

class IdentityTokensFind : public testing::TestWithParam<SourceRow> {};

TEST_P(IdentityTokensFind, AsTheProfileSays) {
  EXPECT_EQ(Without(FindWith(GetParam().source, IdentityKind::kApplication),
                    TokenPath(GetParam().name).string()),
            GetParam().told);
  EXPECT_EQ(FindWith(GetParam().source, IdentityKind::kDelegatedWork), "nothing");
}

CommandSource Shell(const std::string& script, int timeout = 30'000) {
  return {{"/bin/sh", "-c", script}, std::chrono::milliseconds(timeout)};
}

constexpr const char* kOdd =
    " holds white space, a quotation mark or what is no printable ASCII, which no token has: it is "
    "to hold the token alone, without 'Bearer' and without quotation marks";

INSTANTIATE_TEST_SUITE_P(
    Sources, IdentityTokensFind,
    testing::Values(
        SourceRow{"SetVariable", VariableSource{"SET"}, "from-variable"},
        SourceRow{"UnsetVariable", VariableSource{"UNSET"}, "nothing"},
        SourceRow{"OddVariable", VariableSource{"ODD"}, std::string("ODD") + kOdd},
        SourceRow{"File", FileSource{WriteToken("File", "from-file\r\n", 0600)}, "from-file"},
        SourceRow{"TwoLines", FileSource{WriteToken("TwoLines", "from-file\n\n", 0600)},
                  std::string("FILE") + kOdd},
        SourceRow{"GroupReads", FileSource{WriteToken("GroupReads", "from-file\n", 0640)},
                  "no token: FILE holds a secret and can be read by others: chmod 600 FILE"},
        SourceRow{"OthersRead", FileSource{WriteToken("OthersRead", "from-file\n", 0604)},
                  "no token: FILE holds a secret and can be read by others: chmod 600 FILE"},
        SourceRow{"NoFile", FileSource{TokenPath("NoFile")},
                  "no token: FILE cannot be read, or is no file"},
        SourceRow{"Command", Shell("echo from-command; echo chatter >&2"), "from-command"},
        SourceRow{"CommandWithJson",
                  Shell(R"(echo '{"accessToken":"from-json","expires_on":4000000000}')"),
                  "from-json"},
        SourceRow{"CommandWithQuotedToken", Shell(R"(echo '"quoted"')"),
                  std::string("the output of the command /bin/sh") + kOdd},
        SourceRow{"CommandWithJsonAlone", Shell(R"(echo '{"token":"sesame-open"}')"),
                  "no token: the output of the command /bin/sh holds neither access_token nor "
                  "accessToken"},
        SourceRow{"NoShellReadsTheArguments", CommandSource{{"echo", "$HOME"}}, "$HOME"},
        SourceRow{"FailedCommand", Shell("echo printed; echo sesame-open is wrong >&2; exit 4"),
                  "no token from the command /bin/sh: its exit code is 4; run it by itself to see "
                  "why: what it says is not repeated, since a secret may stand in it"},
        SourceRow{"FailedInSilence", Shell("exit 4"),
                  "no token from the command /bin/sh: its exit code is 4"},
        SourceRow{"LeavesAnotherBehind", Shell("echo printed; sleep 60 &"), "printed"},
        SourceRow{"PrintsForEver", CommandSource{{"yes"}},
                  "no token from the command yes: it printed over 1 MiB"},
        SourceRow{"SlowCommand", Shell("sleep 600 & wait", 20),
                  "no token from the command /bin/sh: it had not ended after 20 ms"},
        SourceRow{"NoCommand", CommandSource{{"/nowhere/at-all"}},
                  "no token from the command /nowhere/at-all: it cannot be started: No such file "
                  "or directory"},
        SourceRow{"NoSecret",
                  ApplicationSource{{"https://login.example.test", {"t", ""}, ""},
                                    {"c", ""},
                                    SecretCredential{"UNSET"},
                                    ""},
                  "nothing"}),
    [](const auto& param) { return param.param.name; });

struct SetUpRow {
  std::string name;
  IdentitySource source;
  bool expected;
};

class MayHaveTokenWith : public testing::TestWithParam<SetUpRow> {};

TEST_P(MayHaveTokenWith, AsFarAsItIsKnownWithoutAsking) {
  const Environment environment = [](std::string_view name) -> std::optional<std::string> {
    if (name == "SET") return "value";
    if (name == "XDG_STATE_HOME") return testing::TempDir() + "/nobody";
    return std::nullopt;
  };
  EXPECT_EQ(MayHaveToken({{IdentityKind::kApplication, GetParam().source}},
                         IdentityKind::kApplication, environment),
            GetParam().expected);
}

AuthoritySource TenantIn(const std::string& variable) {
  return {"https://login.example.test", {"", variable}, ""};
}

INSTANTIATE_TEST_SUITE_P(
    Sources, MayHaveTokenWith,
    testing::Values(
        SetUpRow{"Variable", VariableSource{"SET"}, true},
        SetUpRow{"UnsetVariable", VariableSource{"UNSET"}, false},
        SetUpRow{"Command", CommandSource{{"a"}}, true},
        SetUpRow{"Secret",
                 ApplicationSource{TenantIn("SET"), {"c", ""}, SecretCredential{"SET"}, ""}, true},
        SetUpRow{"UnsetSecret",
                 ApplicationSource{TenantIn("SET"), {"c", ""}, SecretCredential{"UNSET"}, ""},
                 false},
        SetUpRow{"UnsetTenant",
                 ApplicationSource{TenantIn("UNSET"), {"c", ""}, SecretCredential{"SET"}, ""},
                 false},
        SetUpRow{"Voucher",
                 ApplicationSource{TenantIn("SET"),
                                   {"c", ""},
                                   FederatedCredential{AssertionOrigin::kVariable, {}, "SET"},
                                   ""},
                 true},
        SetUpRow{"NobodyVouches",
                 ApplicationSource{TenantIn("SET"), {"c", ""}, FederatedCredential{}, ""}, false},
        SetUpRow{"NobodySignedIn", AccountSource{TenantIn("SET"), {"c", ""}, {}}, false},
        SetUpRow{"ManagedIdentity", ManagedIdentitySource{}, true}),
    [](const auto& param) { return param.param.name; });

TEST(WayToToken, NamesTheLoginOrWhatIsNotSet) {
  const SecretCredential secret{"SECRET"};
  const struct {
    IdentityKind kind;
    IdentitySource source;
    std::string told;
  } rows[] = {
      {IdentityKind::kDelegatedWork, AccountSource{},
       "conform login --profile lab --identity delegated_work, or set "
       "CONFORM_TOKEN_DELEGATED_WORK"},
      {IdentityKind::kApplication, VariableSource{"A"}, "set A"},
      {IdentityKind::kApplication, ApplicationSource{TenantIn("SET"), {"c", ""}, secret, ""},
       "set SECRET, which the profile names, or CONFORM_TOKEN_APPLICATION"},
      {IdentityKind::kApplication, ApplicationSource{TenantIn("TENANT"), {"", "SET"}, secret, ""},
       "set TENANT and SECRET, which the profile names, or CONFORM_TOKEN_APPLICATION"},
      {IdentityKind::kApplication,
       ApplicationSource{TenantIn("SET"), {"c", ""}, FederatedCredential{}, ""},
       "set CONFORM_TOKEN_APPLICATION"},
      {IdentityKind::kApplication, ManagedIdentitySource{"", {"", "CLIENT"}, ""},
       "set CLIENT, which the profile names, or CONFORM_TOKEN_APPLICATION"},
  };
  const Environment environment = [](std::string_view name) -> std::optional<std::string> {
    if (name == "SET") return "value";
    return std::nullopt;
  };
  for (const auto& row : rows) {
    EXPECT_EQ(WayToToken({{row.kind, row.source}}, "lab", row.kind, environment), row.told);
  }
  EXPECT_EQ(WayToToken({}, "lab", IdentityKind::kDelegatedPersonal, environment),
            "set CONFORM_TOKEN_DELEGATED_PERSONAL");
}

}  // namespace
}  // namespace conform
