#include "base/identity.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

TEST(IdentityKind, IsFoundByTheNameItIsWrittenWith) {
  for (const IdentityKind kind : kIdentityKinds) EXPECT_EQ(FindIdentityKind(NameOf(kind)), kind);
  EXPECT_EQ(FindIdentityKind("delegated_work"), IdentityKind::kDelegatedWork);
  EXPECT_EQ(FindIdentityKind("delegated_personal"), IdentityKind::kDelegatedPersonal);
  EXPECT_EQ(FindIdentityKind("application"), IdentityKind::kApplication);
  EXPECT_EQ(FindIdentityKind("without_permission"), IdentityKind::kWithoutPermission);
  EXPECT_EQ(FindIdentityKind("expired"), IdentityKind::kExpired);
  EXPECT_EQ(FindIdentityKind("wrong_audience"), IdentityKind::kWrongAudience);
  EXPECT_EQ(FindIdentityKind("malformed"), IdentityKind::kMalformed);
  EXPECT_EQ(FindIdentityKind("none"), IdentityKind::kNone);
}

TEST(IdentityKind, IsNotFoundByAnyOtherName) {
  EXPECT_EQ(FindIdentityKind(""), std::nullopt);
  EXPECT_EQ(FindIdentityKind("Application"), std::nullopt);
  EXPECT_EQ(FindIdentityKind("delegated"), std::nullopt);
}

TEST(IdentityKind, IsAnAccountWhereAValidTokenIsIssuedToIt) {
  std::string accounts;
  for (const IdentityKind kind : kIdentityKinds) {
    if (IsAccount(kind)) accounts += std::string(NameOf(kind)) + " ";
  }
  EXPECT_EQ(accounts, "delegated_work delegated_personal application ");
}

}  // namespace
}  // namespace conform
