#include "record/judged_lists.h"

#include <gtest/gtest.h>

namespace conform {
namespace {

Verdict Judged(bool kept) {
  Verdict verdict;
  verdict.judged = {{{"http.date", "", ""}, true}, {{"sync.204", "sync", "2019-01"}, kept}};
  verdict.client_kept = {{"sync.accept", "sync", "2019-01"}};
  return verdict;
}

TEST(JudgedLists, KeepsEqualListsOnce) {
  JudgedLists lists;
  Verdict first = Judged(true);
  Verdict second = Judged(true);
  lists.Share(first);
  lists.Share(second);
  EXPECT_EQ(&*first.judged.begin(), &*second.judged.begin());
  EXPECT_EQ(&*first.client_kept.begin(), &*second.client_kept.begin());
  EXPECT_EQ(second.judged, Judged(true).judged);
}

TEST(JudgedLists, KeepsApartWhatDiffers) {
  JudgedLists lists;
  Verdict kept = Judged(true);
  Verdict broken = Judged(false);
  Verdict none;
  for (Verdict* verdict : {&kept, &broken, &none}) lists.Share(*verdict);
  EXPECT_TRUE(kept.judged[1].kept);
  EXPECT_FALSE(broken.judged[1].kept);
  EXPECT_TRUE(none.judged.empty());
}

}  // namespace
}  // namespace conform
