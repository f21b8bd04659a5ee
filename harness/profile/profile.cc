#include "profile/profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/date.h"
#include "base/map_reader.h"
#include "base/token_shape.h"
#include "profile/connection_loader.h"
#include "profile/identity_loader.h"

namespace conform {
namespace {

constexpr std::array kStrengths = {NamedValue<Strength>{"should", Strength::kShould},
                                   NamedValue<Strength>{"observe", Strength::kObserve}};

/// A sign-in in an address is told where that is read.
bool HoldsToken(std::string_view text) {
  return FindTokenShapes(text).size() > FindSignIns(text).size();
}

void RefuseSecrets(const YamlNode& node, const YamlContext& context) {
  if (node.kind == YamlNode::Kind::kScalar && HoldsToken(node.scalar)) {
    context.Complain({node.span.line, node.span.column, 3}, "a token stands in the profile",
                     "a profile names secrets and never holds them: set CONFORM_TOKEN_<IDENTITY>");
  }
  for (const YamlNode& item : node.items) RefuseSecrets(item, context);
  for (const YamlEntry& entry : node.entries) RefuseSecrets(entry.value, context);
}

void LoadTarget(MapReader& reader, const YamlContext& context, Profile& profile) {
  const auto target = reader.RequireText("target");
  if (!target) return;
  profile.mock = *target == "mock";
  if (profile.mock) return;
  const Expected<Origin> origin = ParseOrigin(*target);
  if (!origin) {
    context.Complain(reader.Find("target")->value.span,
                     fmt::format("'{}' is no origin: {}", *target, origin.error().message),
                     "write mock, or scheme, host and port alone: https://graph.microsoft.com");
    return;
  }
  if (origin->scheme == "http" && !IsLoopback(*origin)) {
    context.Complain(reader.Find("target")->value.span, "plain http only reaches loopback",
                     "use https");
  }
  profile.target = *origin;
}

void LoadSoften(MapReader& reader, const YamlContext& context, Profile& profile) {
  const YamlEntry* entry = reader.Find("soften");
  if (entry == nullptr) return;
  MapReader sets(context, entry->value, "soften", BlameSpan(*entry));
  for (const std::string_view set : {"http", "oauth", "odata", "graph"}) {
    if (const auto strength = sets.OneOf<Strength>(set, kStrengths)) {
      profile.softened[std::string(set)] = *strength;
    }
  }
  sets.Finish();
}

void LoadBounds(MapReader& reader, const YamlContext& context, Profile& profile) {
  const YamlEntry* entry = reader.Find("bounds");
  if (entry == nullptr) return;
  constexpr std::int64_t kMost = 1LL << 32;
  Bounds& bounds = profile.bounds;
  MapReader values(context, entry->value, "bounds", BlameSpan(*entry));
  const std::pair<std::string_view, std::size_t*> sizes[] = {
      {"header_bytes", &bounds.header_bytes},
      {"header_count", &bounds.header_count},
      {"body_bytes", &bounds.body_bytes},
      {"json_depth", &bounds.json_depth},
      {"interim_count", &bounds.interim_count}};
  for (const auto& [name, size] : sizes) {
    if (const auto value = values.Integer(name, 1, kMost)) *size = static_cast<std::size_t>(*value);
  }
  const std::pair<std::string_view, std::chrono::milliseconds*> times[] = {
      {"connect", &bounds.connect}, {"read", &bounds.read}, {"exchange", &bounds.exchange}};
  for (const auto& [name, time] : times) {
    if (const auto value = values.Duration(name)) *time = *value;
  }
  values.Finish();
}

void LoadLimits(MapReader& reader, const YamlContext& context, Profile& profile) {
  const YamlEntry* entry = reader.Find("limits");
  if (entry == nullptr) return;
  constexpr std::int64_t kMostRequests = 1'000'000;
  constexpr std::int64_t kMostJobs = 1'000;
  Limits& limits = profile.limits;
  MapReader values(context, entry->value, "limits", BlameSpan(*entry));
  if (const auto count = values.Integer("requests_per_20s", 1, kMostRequests)) {
    limits.requests_per_window = static_cast<int>(*count);
  }
  if (const auto count = values.Integer("jobs", 1, kMostJobs)) {
    limits.jobs = static_cast<int>(*count);
  }
  if (const auto wait = values.Duration("retry_after")) {
    limits.longest_wait = *wait;
  }
  values.Finish();
}

void LoadVariables(MapReader& reader, const YamlContext& context, Profile& profile) {
  const YamlEntry* entry = reader.Find("variables");
  if (entry == nullptr) return;
  MapReader variables(context, entry->value, "variables", BlameSpan(*entry));
  for (const YamlEntry& variable : entry->value.entries) {
    profile.variables[variable.key] = variables.Text(variable.key).value_or("");
  }
}

void LoadTokenRules(MapReader& reader, const YamlContext& context, Profile& profile) {
  const YamlEntry* entry = reader.Find("tokens");
  if (entry == nullptr) return;
  MapReader values(context, entry->value, "tokens", BlameSpan(*entry));
  profile.token_rules.audiences = values.Texts("audiences");
  profile.token_rules.issuers = values.Texts("issuers");
  values.Finish();
}

}  // namespace

bool IsEmbedded(const Profile& profile) { return profile.mock && !profile.target; }

bool IsTenant(const Profile& profile) {
  return profile.tenant || (profile.target && !IsLoopback(*profile.target));
}

std::string AudienceOf(const Profile& profile) {
  const std::vector<std::string>& audiences = profile.token_rules.audiences;
  if (!audiences.empty()) return audiences.front();
  return profile.target ? FormatOrigin(*profile.target) : "";
}

std::optional<Profile> LoadProfile(std::shared_ptr<const SourceText> source,
                                   Diagnostics& diagnostics, const VariableLookup& variables) {
  const std::size_t before = diagnostics.errors();
  const std::optional<YamlNode> root = ParseYaml(*source, diagnostics);
  if (!root) return std::nullopt;
  const YamlContext context{*source, diagnostics};
  // A line that may hold a secret, by mistake too, is not shown with what is wrong in it.
  const SourceText unshown(source->path(), "");
  const YamlContext quiet{unshown, diagnostics};
  RefuseSecrets(*root, quiet);
  Profile profile;
  MapReader reader(context, *root, "a profile", root->span);
  if (!reader.valid()) return std::nullopt;
  profile.name = reader.RequireText("name").value_or("");
  profile.title = reader.RequireText("title").value_or("");
  LoadTarget(reader, context, profile);
  profile.tenant = reader.Bool("tenant").value_or(false);
  if (const auto day = reader.Text("as_of")) {
    profile.as_of = ParseDate(*day);
    if (!profile.as_of) {
      context.Complain(reader.Find("as_of")->value.span, fmt::format("'{}' is no day", *day),
                       "write YYYY-MM-DD or YYYY-MM");
    }
  }
  profile.requires_clauses = ReadPlacedTexts(reader, "requires");
  LoadSoften(reader, context, profile);
  LoadVariables(reader, context, profile);
  profile.identities = LoadIdentities(reader, quiet);
  LoadTokenRules(reader, context, profile);
  profile.connection = LoadConnection(reader, context, quiet, variables);
  LoadBounds(reader, context, profile);
  LoadLimits(reader, context, profile);
  reader.Finish();
  if (diagnostics.errors() != before) return std::nullopt;
  profile.source = std::move(source);
  return profile;
}

}  // namespace conform
