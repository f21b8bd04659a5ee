#include "run/session.h"

#include "auth/environment_tokens.h"
#include "auth/identity_tokens.h"
#include "auth/made_up_tokens.h"
#include "auth/test_tokens.h"
#include "run/profile_lookup.h"
#include "run/run_host.h"
#include "run/run_secrets.h"

namespace conform {
namespace {

std::unique_ptr<TokenSource> MakeTokens(const Profile& profile, Clock& clock, Redactor& redactor,
                                        Stop* stop) {
  std::vector<std::unique_ptr<TokenSource>> sources;
  // The embedded mock takes its own tokens alone: what is exported for a service is not for it.
  if (!IsEmbedded(profile)) {
    sources.push_back(std::make_unique<EnvironmentTokens>(ProcessEnvironment()));
  }
  if (!profile.identities.empty()) {
    SignInTools tools{clock, redactor, ProcessEnvironment()};
    if (stop != nullptr) tools.stopped = [stop] { return stop->IsRequested(); };
    sources.push_back(std::make_unique<IdentityTokens>(profile.identities, AudienceOf(profile),
                                                       ConnectionOf(profile), profile.bounds,
                                                       std::move(tools), profile.asked_for));
  }
  sources.push_back(std::make_unique<MadeUpTokens>());
  if (profile.mock) sources.push_back(std::make_unique<TestTokens>(clock));
  return std::make_unique<FirstOf>(std::move(sources));
}

}  // namespace

Expected<std::unique_ptr<Session>> Session::Open(const Workspace& workspace, Clock& clock,
                                                 Redactor& redactor, CheckTable checks,
                                                 const RunLimits& limits, bool strict,
                                                 const std::set<std::string, std::less<>>& faults) {
  std::unique_ptr<Session> session(new Session());
  auto target = Target::Open(workspace, clock, faults);
  if (!target) return Fail(target.error().message);
  session->target_ = std::move(*target);
  session->judge_ = std::make_unique<Judge>(
      workspace.catalog, workspace.deviations, std::move(checks),
      JudgeOptions{workspace.profile.softened, workspace.profile.name, strict});
  LearnProfile(workspace.profile, ProcessEnvironment(), redactor);
  session->tokens_ = MakeTokens(workspace.profile, clock, redactor, limits.stop);
  session->runner_ =
      std::make_unique<TestRunner>(*session->target_, *session->judge_, *session->tokens_, redactor,
                                   clock, limits, workspace.profile);
  return session;
}

}  // namespace conform
