#include "record/judged_lists.h"

#include <gtest/gtest.h>

#include <string>

#include "record/run_record_json.h"

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

TEST(JudgedLists, KeepsOnceWhatGrewOutOfOneList) {
  JudgedLists lists;
  const SharedList<JudgedClause> protocols = {{{"http.date", "", ""}, true}};
  Verdict first;
  Verdict second;
  for (Verdict* verdict : {&first, &second}) {
    verdict->judged = protocols;
    verdict->judged.push_back({{"sync.204", "sync", "2019-01"}, true});
    lists.Share(*verdict);
  }
  EXPECT_EQ(&*first.judged.begin(), &*second.judged.begin());
  EXPECT_EQ(second.judged, Judged(true).judged);
  EXPECT_EQ(protocols.size(), 1U);
}

TEST(JudgedLists, HasTheTextOfWhatIsShared) {
  JudgedLists lists;
  Verdict verdict = Judged(true);
  EXPECT_EQ(lists.TextOf(verdict.judged), nullptr);
  EXPECT_EQ(lists.TextOf({}), nullptr);
  lists.Share(verdict);
  std::string text;
  AppendJson(verdict.judged, text);
  ASSERT_NE(lists.TextOf(verdict.judged), nullptr);
  EXPECT_EQ(lists.TextOf(verdict.judged)->json, text);
  EXPECT_EQ(lists.TextOf(verdict.judged)->key.size(), 16U);
}

TEST(JudgedLists, LearnsAListThatStaysAsItIs) {
  JudgedLists lists;
  Verdict shared = Judged(true);
  lists.Share(shared);
  const Verdict verdict = Judged(true);
  EXPECT_EQ(lists.TextOf(verdict.judged), nullptr);
  EXPECT_EQ(lists.Learn(verdict.judged), lists.TextOf(shared.judged));
  EXPECT_EQ(lists.TextOf(verdict.judged), lists.TextOf(shared.judged));
  EXPECT_NE(lists.Learn(Judged(false).judged)->key, lists.TextOf(shared.judged)->key);
}

TEST(JudgedLists, LearnsNoListThatGrewAndIsNotShared) {
  JudgedLists lists;
  SharedList<JudgedClause> grown = {{{"http.date", "", ""}, true}};
  grown.push_back({{"sync.204", "sync", "2019-01"}, true});
  SharedList<JudgedClause> other = grown;
  other.push_back({{"sync.401", "sync", "2019-01"}, false});
  EXPECT_EQ(lists.Learn(grown), nullptr);
  EXPECT_EQ(lists.Learn(other), nullptr);
  EXPECT_EQ(lists.TextOf(other), nullptr);
  EXPECT_EQ(lists.Learn({}), nullptr);
}

TEST(JudgedLists, MakesKeysInWhichNoWordOrNumberStands) {
  JudgedLists lists;
  Verdict verdict = Judged(true);
  lists.Share(verdict);
  EXPECT_EQ(lists.TextOf(verdict.judged)->key.find_first_of("aeiouy0123456789"), std::string::npos);
}

TEST(JudgedLists, KeepsApartWhatDiffers) {
  JudgedLists lists;
  Verdict kept = Judged(true);
  Verdict broken = Judged(false);
  Verdict none;
  for (Verdict* verdict : {&kept, &broken, &none}) lists.Share(*verdict);
  // Of the same sizes and last letters.
  Verdict alike = Judged(true);
  alike.judged[1].clause.id = "sink.204";
  lists.Share(alike);
  EXPECT_EQ(alike.judged[1].clause.id, "sink.204");
  EXPECT_TRUE(kept.judged[1].kept);
  EXPECT_FALSE(broken.judged[1].kept);
  EXPECT_TRUE(none.judged.empty());
}

}  // namespace
}  // namespace conform
