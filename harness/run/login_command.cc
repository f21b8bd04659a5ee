#include <fmt/format.h>

#include <memory>

#include "auth/account_tokens.h"
#include "auth/device_sign_in.h"
#include "base/nearest_name.h"
#include "run/command.h"
#include "run/profile_lookup.h"
#include "run/run_host.h"
#include "run/waiting_line.h"

namespace conform {
namespace {

/// That a token endpoint's Retry-After may take.
constexpr std::chrono::seconds kLongestLoginWait{60};

struct LoginFlags {
  std::string profile;
  std::string identity;
  bool explain = false;
  bool list = false;
  bool forget = false;
};

/// One sign-in of the profile, with all that its requests need.
class Login {
 public:
  Login(IdentityKind kind, const AccountSource& source, const Profile& profile,
        const LoginFlags& flags, Invocation& invocation)
      : invocation_(invocation),
        sign_in_(ConnectionOf(profile), profile.bounds, kLongestLoginWait,
                 {clock_, invocation.redactor, ProcessEnvironment(), Explain(flags)}),
        account_(kind, source, AudienceOf(profile), sign_in_) {}

  /// `delegated_work at https://login… as CLIENT`.
  std::string Name() const {
    const auto key = account_.Key();
    const std::string_view identity = NameOf(account_.identity());
    if (!key) return fmt::format("{}: {}", identity, Unset());
    return fmt::format("{} at {} as {}", identity, key->authority, key->client);
  }

  /// The variable without which nobody knows where or as what to sign in; empty: all are set.
  std::string Unset() const {
    const std::string variable = account_.UnsetVariable();
    return variable.empty() ? "" : fmt::format("{} is not set, which the profile names", variable);
  }

  Expected<void> SignIn() {
    const auto store = LoginStore::Open(ProcessEnvironment());
    if (!store) return tl::unexpected(store.error());
    // Before anybody signs in for nothing.
    if (auto prepared = store->Prepare(); !prepared) return prepared;
    DeviceSignIn device(account_);
    const auto code = device.Begin();
    if (!code) return tl::unexpected(code.error());
    invocation_.out << fmt::format("{}\nopen {} and enter the code {}\n", Name(), code->address,
                                   code->user_code);
    invocation_.out.flush();
    WaitingLine line(invocation_.out, invocation_.terminal);
    const auto grant = device.Await(*code, [&](auto left) { line.Draw(left); });
    line.Erase();
    if (!grant) return tl::unexpected(grant.error());
    const LoginKey key = account_.Key().value();
    const auto lock = store->Hold(key);
    if (!lock) return tl::unexpected(lock.error());
    const auto kept = store->Keep(key, grant->refresh_token);
    if (!kept) return tl::unexpected(kept.error());
    invocation_.out << fmt::format("signed in; kept in {}\n", store->FileOf(key).string());
    return {};
  }

  Expected<void> Forget() const {
    const auto store = LoginStore::Open(ProcessEnvironment());
    if (!store) return tl::unexpected(store.error());
    const auto forgotten = store->Forget(account_.Key().value());
    if (!forgotten) return tl::unexpected(forgotten.error());
    invocation_.out << fmt::format(
        "{}: {}\n", Name(),
        *forgotten ? "forgotten here; the server is not told" : "nobody had signed in");
    return {};
  }

  Expected<void> List() const {
    const auto key = account_.Key();
    const auto store = LoginStore::Open(ProcessEnvironment());
    if (!store) return tl::unexpected(store.error());
    if (!key) {
      invocation_.out << Name() << '\n';
      return {};
    }
    const auto kept = store->Find(*key);
    if (!kept) return tl::unexpected(kept.error());
    invocation_.out << fmt::format("{}: {}\n", Name(), *kept ? "signed in" : "nobody signed in");
    return {};
  }

 private:
  std::function<void(const std::string&)> Explain(const LoginFlags& flags) {
    if (!flags.explain) return {};
    return [this](const std::string& lines) { invocation_.out << lines; };
  }

  Invocation& invocation_;
  SystemClock clock_;
  SignInClient sign_in_;
  Account account_;
};

using Accounts = std::vector<std::pair<IdentityKind, const AccountSource*>>;

/// Those of the profile that are asked for; nothing, told, where there is none.
Accounts FindAccounts(const Profile& profile, const LoginFlags& flags, Invocation& invocation) {
  Accounts accounts;
  std::vector<std::string_view> names;
  for (const auto& [kind, source] : profile.identities) {
    const auto* account = std::get_if<AccountSource>(&source);
    if (account == nullptr) continue;
    names.push_back(NameOf(kind));
    if (flags.identity.empty() || flags.identity == NameOf(kind)) {
      accounts.emplace_back(kind, account);
    }
  }
  if (names.empty()) {
    invocation.Refuse(
        fmt::format("profile {} has no identity that signs in by conform login: name one there: "
                    "identities: {{delegated_work: {{sign_in: {{authority: …, tenant: …, "
                    "client: …}}}}}}",
                    flags.profile));
  } else if (accounts.empty()) {
    invocation.Refuse(fmt::format("--identity {}: of profile {} signs in {}", flags.identity,
                                  flags.profile, JoinOr(names)));
  }
  return accounts;
}

void DoLogin(const LoginFlags& flags, Invocation& invocation) {
  Diagnostics diagnostics;
  const auto profile =
      FindProfile(flags.profile, invocation.folders.profiles, ProcessEnvironment(), diagnostics);
  invocation.err << diagnostics.RenderAll();
  if (!profile) return invocation.Refuse("the profile cannot be used");
  if (!profile->target) {
    return invocation.Refuse("the mock that conform starts itself issues its own tokens");
  }
  for (const auto& [kind, source] : FindAccounts(*profile, flags, invocation)) {
    Login login(kind, *source, *profile, flags, invocation);
    if (const std::string unset = login.Unset(); !flags.list && !unset.empty()) {
      invocation.Refuse(fmt::format("{}: {}", NameOf(kind), unset));
      continue;
    }
    const auto done = flags.list ? login.List() : flags.forget ? login.Forget() : login.SignIn();
    if (done) continue;
    invocation.CannotTell(fmt::format("{}: {}", NameOf(kind), done.error().message));
  }
}

}  // namespace

void AddLoginCommand(CLI::App& app, Invocation& invocation) {
  auto flags = std::make_shared<LoginFlags>();
  CLI::App* command =
      app.add_subcommand("login", "Sign in to a tenant on another device, for later runs");
  command->add_option("--profile", flags->profile, "Whose identities: a name, or a file's path")
      ->type_name("NAME")
      ->required();
  command->add_option("--identity", flags->identity, "This one alone; else each in turn")
      ->type_name("NAME");
  command->add_flag("--explain", flags->explain,
                    "Show what is asked and answered, without what is secret");
  CLI::Option* list = command->add_flag("--list", flags->list, "Only tell who signed in");
  command->add_flag("--forget", flags->forget, "Remove what was kept")->excludes(list);
  command->footer(
      "Kept in $XDG_STATE_HOME/conform (~/.local/state/conform), readable by you alone.\n"
      "Exit: 0 signed in, 2 bad usage or profile, 3 declined, expired or no answer.\n"
      "Example: conform login --profile ours");
  command->callback([flags, &invocation] { DoLogin(*flags, invocation); });
}

}  // namespace conform
