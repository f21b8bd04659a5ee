#include "base/permission.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

TEST(Permission, IsOneNameOrSeveralThatAreHeldTogether) {
  EXPECT_EQ(PermissionNames("Mail.Send"), std::vector<std::string>{"Mail.Send"});
  EXPECT_EQ(PermissionNames(" Mail.Read  Mail.Send Mail.Read"),
            (std::vector<std::string>{"Mail.Read", "Mail.Send"}));
  EXPECT_EQ(JoinPermissions({"Mail.Read", "Mail.Send"}), "Mail.Read Mail.Send");
  EXPECT_EQ(ShowPermission("Mail.Read Mail.Send"), "Mail.Read and Mail.Send");
}

TEST(Permission, IsHeldWhereEachOfItsNamesIs) {
  const std::vector<std::string> held = {"User.Read", "Mail.Read"};
  EXPECT_TRUE(HoldsPermission(held, "Mail.Read"));
  EXPECT_TRUE(HoldsPermission(held, "Mail.Read User.Read"));
  EXPECT_FALSE(HoldsPermission(held, "Mail.Read Mail.Send"));
  EXPECT_FALSE(HoldsPermission({"Mail.ReadWrite"}, "Mail.Read"));
}

}  // namespace
}  // namespace conform
