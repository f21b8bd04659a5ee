#include "base/in_order.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

namespace conform {
namespace {

std::vector<std::size_t> Range(std::size_t begin, std::size_t end) {
  std::vector<std::size_t> items;
  for (std::size_t i = begin; i < end; ++i) items.push_back(i);
  return items;
}

TEST(MakeInOrder, TakesEachItemOnceInOrder) {
  for (const std::size_t count : {0U, 1U, 6U, 7U, 8U, 100U}) {
    std::vector<std::size_t> taken;
    MakeInOrder(count, 7, Range, [&](const std::vector<std::size_t>& items) {
      EXPECT_LE(items.size(), 7U);
      taken.insert(taken.end(), items.begin(), items.end());
      return true;
    });
    EXPECT_EQ(taken, Range(0, count)) << count;
  }
}

TEST(MakeInOrder, EndsWhereTheTakerHasEnough) {
  std::size_t taken = 0;
  MakeInOrder(1'000'000, 1, Range, [&](const auto& /*items*/) { return ++taken < 3; });
  EXPECT_EQ(taken, 3U);
}

TEST(MakeInOrder, ThrowsWhatAMakerThrows) {
  const auto make = [](std::size_t begin, std::size_t /*end*/) {
    if (begin == 5) throw std::runtime_error("five");
    return begin;
  };
  EXPECT_THROW(MakeInOrder(10, 1, make, [](std::size_t /*item*/) { return true; }),
               std::runtime_error);
}

TEST(MakeInOrder, HoldsFewResultsThatAreNotTaken) {
  constexpr std::size_t kItems = 20'000;
  constexpr int kTurns = 1'000;  // of other threads, in which they would make all of them
  const std::size_t most = 4 * CountCores();
  std::atomic<std::size_t> made{0};
  std::size_t taken = 0;
  MakeInOrder(
      kItems, 1, [&](std::size_t begin, std::size_t /*end*/) { return ++made, begin; },
      [&](std::size_t item) {
        for (int i = 0; item == 0 && i < kTurns; ++i) std::this_thread::yield();
        EXPECT_LE(made - taken, most);
        ++taken;
        return made - taken < most;
      });
  EXPECT_EQ(taken, kItems);
}

}  // namespace
}  // namespace conform
