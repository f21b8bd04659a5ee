// A named set-up: target, limits, what must be judged. It holds names of secrets, never secrets.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "auth/sign_in_settings.h"
#include "base/diagnostic.h"
#include "base/origin.h"
#include "base/source_text.h"
#include "contract/clause.h"
#include "contract/spelling.h"
#include "exchange/bounds.h"
#include "exchange/connection_settings.h"

namespace conform {

/// How hard the target may be pressed.
struct Limits {
  int requests_per_window = 0;  ///< of all workers in any 20 s; 0: as many as they can.
  int jobs = 0;                 ///< workers at the most; 0: as many as the command line says.
  std::chrono::milliseconds longest_wait{120'000};  ///< that a Retry-After may hold a step.
};

/// What an access token must say of itself to be worth sending.
struct TokenRules {
  /// `aud` names one of them, or the target; empty: any that is not known to be another service's.
  std::vector<std::string> audiences;
  std::vector<std::string> issuers;  ///< `iss` begins with one of them; empty: with anything.
};

struct Profile {
  std::string name;
  std::string asked_for;  ///< what `--profile` called it; empty: nobody asked by a name or path.
  std::string title;
  std::optional<Origin> target;  ///< nothing: the embedded mock.
  bool mock = false;    ///< a mock: each test has a tenant of its own, and moves its clock.
  bool tenant = false;  ///< effects are real, wherever it is.
  std::optional<std::chrono::sys_days> as_of;
  std::vector<PlacedText> requires_clauses;      ///< a run that judges one of them not cannot tell.
  std::map<std::string, Strength> softened;      ///< protocol set -> the most it can weigh here.
  std::map<std::string, std::string> variables;  ///< `${var.NAME}`.
  IdentitySources identities;  ///< where their tokens come from, unless the environment has one.
  TokenRules token_rules;
  /// Whom to trust, as whom to sign in, which proxy; without the process's variables.
  ConnectionSettings connection;
  Bounds bounds;
  Limits limits;
  std::shared_ptr<const SourceText> source;
};

/// Whether it is the mock that the process starts itself.
bool IsEmbedded(const Profile& profile);

/// Whether effects are real there: it says so, or is not on loopback.
bool IsTenant(const Profile& profile);

/// What tokens are asked for: the first of `tokens: audiences`, else the target's origin; empty on
/// the embedded mock.
std::string AudienceOf(const Profile& profile);

/// Nothing where `diagnostics` got an error. Files that it names are looked into, with passwords
/// that `variables` holds.
std::optional<Profile> LoadProfile(std::shared_ptr<const SourceText> source,
                                   Diagnostics& diagnostics, const VariableLookup& variables = {});

}  // namespace conform
