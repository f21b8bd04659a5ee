#include "base/shared_list.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace conform {
namespace {

using List = SharedList<std::string>;

TEST(SharedList, IsReadAsAVector) {
  const List empty;
  EXPECT_TRUE(empty.empty());
  EXPECT_EQ(empty.size(), 0U);
  EXPECT_EQ(empty.begin(), empty.end());
  const List list = {"a", "b"};
  EXPECT_EQ(list.size(), 2U);
  EXPECT_EQ(std::vector<std::string>(list.begin(), list.end()),
            (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(list[1], "b");
}

TEST(SharedList, CopiesShareUntilOneIsChanged) {
  const List list = {"a", "b"};
  List copy = list;
  EXPECT_EQ(&*list.begin(), &*copy.begin());
  copy.push_back("c");
  EXPECT_EQ(list.size(), 2U);
  EXPECT_EQ(copy.size(), 3U);
  List other = list;
  other[0] = "z";
  EXPECT_EQ(list[0], "a");
  other.clear();
  EXPECT_TRUE(other.empty());
  EXPECT_EQ(list.size(), 2U);
}

TEST(SharedList, WhatIsAddedToACopyIsItsOwn) {
  const List list = {"a", "b"};
  List copy = list;
  copy.push_back("c");
  EXPECT_EQ(&*copy.begin(), &*list.begin());
  EXPECT_EQ(std::vector<std::string>(copy.begin(), copy.end()),
            (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(std::as_const(copy)[2], "c");
  EXPECT_NE(copy, list);
  EXPECT_EQ(List(list).Identity(), list.Identity());
  EXPECT_NE(list.Identity(), nullptr);
  EXPECT_EQ(copy.Identity(), nullptr);
  List other = list;
  other.push_back("c");
  EXPECT_EQ(other, copy);
  EXPECT_EQ(copy, List({"a", "b", "c"}));
  EXPECT_EQ(copy.Own(), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(copy.size(), 3U);
  EXPECT_EQ(list.size(), 2U);
}

TEST(SharedList, IsEqualByItsItems) {
  EXPECT_EQ(List({"a"}), List({"a"}));
  EXPECT_NE(List({"a"}), List({"b"}));
  EXPECT_NE(List({"a"}), List());
  EXPECT_EQ(List(), List(std::vector<std::string>()));
}

}  // namespace
}  // namespace conform
