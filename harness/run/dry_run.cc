#include "run/dry_run.h"

#include <fmt/format.h>

#include "auth/identity_tokens.h"
#include "base/count_text.h"
#include "base/duration.h"
#include "base/utf8.h"
#include "report/finding_text.h"
#include "run/effect.h"
#include "run/gtest_settings.h"
#include "run/preflight.h"
#include "run/request_builder.h"
#include "run/skip_reason.h"
#include "run/suite.h"
#include "run/test_scope.h"
#include "run/token_origin.h"

namespace conform {
namespace {

constexpr std::size_t kShownLine = 300;
/// Stands in requests where the token would.
constexpr std::string_view kTokenShown = "[token]";

/// Of the mock that is not started.
const Origin kNoOrigin{"http", "localhost", 80};

class DryRun {
 public:
  DryRun(const Workspace& workspace, const RunLimits& limits, const Environment& environment,
         std::ostream& out)
      : workspace_(workspace),
        limits_(limits),
        environment_(environment),
        out_(out),
        now_(std::chrono::system_clock::now()) {
    const Profile& profile = workspace.profile;
    tenant_ = IsTenant(profile);
    target_ = NameOfTarget(profile);
  }

  void Tell(const Test& test) {
    out_ << fmt::format("{}\n", ShowLine(test.Id(), kShownLine));
    const std::string held_up = WhyNotSent(test);
    if (!held_up.empty()) {
      ++held_up_;
      out_ << fmt::format("  sends nothing: {}\n", held_up);
      return;
    }
    out_ << fmt::format(
        "  as {} ({})\n", NameOf(test.test_case->identity.kind),
        TokenOrigin(workspace_.profile, test.test_case->identity.kind, environment_));
    const Scope scope = ScopeOf(test, workspace_.profile, std::string(kTokenShown), now_);
    for (const Step& step : test.test_case->steps) TellStep(step, scope);
  }

  void TellEnd(std::size_t tests) {
    if (tests == held_up_) {
      out_ << fmt::format("Dry run, nothing was sent, and nothing would be: {} held up.\n",
                          CountOf(held_up_, "test"));
      return;
    }
    out_ << fmt::format("Dry run, nothing was sent. {} would send {} to {}, {} with an effect",
                        CountOf(tests - held_up_, "test"), CountOf(requests_, "request"), target_,
                        effects_ == 0 ? "none" : std::to_string(effects_));
    const auto allowed = static_cast<std::size_t>(limits_.allowed_effects);
    if (tenant_ && effects_ > allowed) {
      out_ << fmt::format("; --allow-effects {} lets {} of them go at most", allowed,
                          allowed == 0 ? "none" : std::to_string(allowed));
    }
    out_ << (held_up_ == 0 ? ".\n"
                           : fmt::format("; {} would send nothing.\n", CountOf(held_up_, "test")));
  }

 private:
  /// Empty: it would begin.
  std::string WhyNotSent(const Test& test) const {
    const IdentityKind kind = test.test_case->identity.kind;
    const Profile& profile = workspace_.profile;
    if (TokenOrigin(profile, kind, environment_).empty())
      return "skip, " + WithoutToken(kind, profile);
    const std::string too_long =
        profile.mock ? "" : WaitsTooLong(*test.test_case, limits_.patience);
    if (!too_long.empty()) return "skip, " + too_long;
    if (IsEmbedded(profile)) return "";  // which takes its own tokens
    const auto token = EnvironmentTokens(environment_).Find({test.test_case->identity, "", ""});
    if (!token) return "inconclusive, " + token.error().message;
    if (!*token || profile.mock) return "";
    const std::string trouble = CheckToken(test, **token, profile, now_).trouble;
    return trouble.empty() ? "" : "inconclusive, " + trouble;
  }

  void TellStep(const Step& step, const Scope& scope) {
    if (step.wait) {
      out_ << fmt::format("  wait {}\n", FormatDuration(*step.wait));
      return;
    }
    const auto& target = workspace_.profile.target;
    const auto request = BuildRequest(step.request, scope, target.value_or(kNoOrigin));
    // What an earlier step captures is known only then.
    const std::string& method = request ? request->method : step.request.method.text;
    const std::string& path = request ? request->target : step.request.path.text;
    ++requests_;
    const bool effect = RequestMayHaveEffect(step.request, scope);
    if (effect) ++effects_;
    out_ << ShowLine(fmt::format("  {} {}{}", method, target ? target_ : "", path), kShownLine)
         << (effect ? "   effect" : "")
         << (step.poll || step.settle ? "   repeated until it holds" : "")
         << (step.follow ? "   and further pages" : "") << '\n';
  }

  const Workspace& workspace_;
  const RunLimits& limits_;
  const Environment& environment_;
  std::ostream& out_;
  const std::chrono::system_clock::time_point now_;
  bool tenant_ = false;
  std::string target_;
  std::size_t requests_ = 0;
  std::size_t effects_ = 0;
  std::size_t held_up_ = 0;
};

}  // namespace

Expected<void> TellDryRun(const Workspace& workspace, const RunLimits& limits,
                          const Environment& environment, Invocation& invocation) {
  DryRun dry_run(workspace, limits, environment, invocation.out);
  std::size_t tests = 0;
  TestRecord record;
  record.verdict.reason = "dry run";
  const SuiteCalls calls{[&](const auto& planned, std::size_t) { tests = planned.size(); },
                         [](const auto&) {},
                         [&](const Test& test) -> const TestRecord& {
                           dry_run.Tell(test);
                           return record;
                         }};
  if (const auto ran = RunSuite(workspace.tests, invocation.gtest_arguments, calls); !ran) {
    return ran;
  }
  if (OnlyListed()) return {};
  if (tests == 0) return Fail("no test is selected");
  dry_run.TellEnd(tests);
  return {};
}

}  // namespace conform
