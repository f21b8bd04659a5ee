#include "run/token_origin.h"

#include <gtest/gtest.h>

#include "testing/sample_variables.h"

namespace conform {
namespace {

constexpr const char* kVariable = "CONFORM_TOKEN_DELEGATED_WORK";

struct OriginRow {
  const char* name;
  IdentityKind kind;
  MadeUpVariables variables;
  std::optional<IdentitySource> source;
  bool mock;
  const char* origin;
  const char* at_hand;
};

void PrintTo(const OriginRow& row, std::ostream* out) { *out << row.name; }

class WhereATokenComesFrom : public testing::TestWithParam<OriginRow> {};

TEST_P(WhereATokenComesFrom, IsToldInWords) {
  const OriginRow& row = GetParam();
  Profile profile;
  profile.name = "ours";
  profile.mock = row.mock;
  if (row.source) profile.identities.emplace(row.kind, *row.source);
  const Environment environment = LookupIn(row.variables);
  EXPECT_EQ(TokenOrigin(profile, row.kind, environment), row.origin);
  EXPECT_EQ(TokenAtHand(profile, row.kind, environment), row.at_hand);
}

constexpr IdentityKind kWork = IdentityKind::kDelegatedWork;

INSTANTIATE_TEST_SUITE_P(
    Sources, WhereATokenComesFrom,
    testing::Values(
        OriginRow{"NoneNeeded", IdentityKind::kNone, {}, {}, false, "no token", ""},
        OriginRow{"MadeUp", IdentityKind::kMalformed, {}, {}, false, "a text that is no token", ""},
        OriginRow{"Nowhere", kWork, {}, {}, false, "", ""},
        OriginRow{"TheMock", kWork, {}, {}, true, "the mock's own token", ""},
        OriginRow{"OurVariable", kWork, {{kVariable, "a"}}, {}, false, kVariable, "a"},
        OriginRow{"OurVariableIsNotForTheEmbeddedMock",
                  kWork,
                  {{kVariable, "a"}},
                  {},
                  true,
                  "the mock's own token",
                  ""},
        OriginRow{"OurVariableBeforeTheProfiles",
                  kWork,
                  {{kVariable, "a"}, {"LAB", "b"}},
                  VariableSource{"LAB"},
                  false,
                  kVariable,
                  "a"},
        OriginRow{"TheProfilesVariable",
                  kWork,
                  {{kVariable, ""}, {"LAB", "b"}},
                  VariableSource{"LAB"},
                  false,
                  "LAB of profile ours",
                  "b"},
        OriginRow{"TheProfilesVariableUnset", kWork, {}, VariableSource{"LAB"}, false, "", ""},
        OriginRow{"AFile", kWork, {}, FileSource{"token"}, false, "a file of profile ours", ""},
        OriginRow{"ACommand",
                  kWork,
                  {},
                  CommandSource{{"issue"}},
                  false,
                  "a command of profile ours",
                  ""},
        OriginRow{
            "AnApplication",
            IdentityKind::kApplication,
            {{"SECRET", "s"}},
            ApplicationSource{
                {"https://a.example", {"t", ""}, ""}, {"c", ""}, SecretCredential{"SECRET"}, ""},
            false,
            "client credentials of profile ours",
            ""},
        OriginRow{"TheMachine",
                  IdentityKind::kApplication,
                  {},
                  ManagedIdentitySource{},
                  false,
                  "a managed identity of profile ours",
                  ""}),
    [](const auto& param) { return param.param.name; });

}  // namespace
}  // namespace conform
