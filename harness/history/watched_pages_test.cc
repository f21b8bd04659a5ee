// What a watched run tells of pages, and what it keeps of them.
#include "history/watched_pages.h"

#include <gtest/gtest.h>

#include "history/sample_watch.h"

namespace conform {
namespace {

struct PageRow {
  const char* name;
  int confirm;
  const char* texts;  ///< a letter a run.
  const char* told;   ///< from the second run on.
};

class WatchPageTest : public WatchRunTest, public testing::WithParamInterface<PageRow> {};

TEST_P(WatchPageTest, IsToldAgainstWhatWasToldLast) {
  std::string told;
  for (const char* text = GetParam().texts; *text != '\0'; ++text) {
    told += Next({}, {SamplePage("page.md", std::string(1, *text))}, GetParam().confirm);
  }
  EXPECT_EQ(told, std::string("first\n") + GetParam().told);
}

const PageRow kPageRows[] = {
    {"AChangeOnce", 1, "abb", "page: page.md: a -> b\n"},
    {"WhatWaitedToBeConfirmed", 2, "abbb", "pending 1\npage: page.md: a -> b\n"},
    {"OfTwoThatWaitedTheLater", 2, "abcc", "pending 1\npending 1\npage: page.md: a -> c\n"},
    {"WhatWentBackBeforeItWasTold", 2, "abacc", "pending 1\npending 1\npage: page.md: a -> c\n"},
    {"EditsDoNotFlap", 1, "abcdef",
     "page: page.md: a -> b\npage: page.md: b -> c\npage: page.md: c -> d\n"
     "page: page.md: d -> e\npage: page.md: e -> f\n"},
    {"TwoThatTakeTurnsDo", 1, "abababaaaaaa",
     "page: page.md: a -> b\n"
     "back: page: page.md: b -> a\n  had been so since 2026-03-02\n"
     "page: page.md: a -> b\n"
     "back: page: page.md: b -> a\n  had been so since 2026-03-04\n"
     "flapping: page: page.md: a -> b\n"
     "  flapping: turned 4 times in the last 10 runs; told again when it is edited or has not "
     "turned for 5\n"
     "settled: page: page.md: b -> a\n"},
    {"AnEditOfOneThatFlaps", 1, "abababacccccc",
     "page: page.md: a -> b\n"
     "back: page: page.md: b -> a\n  had been so since 2026-03-02\n"
     "page: page.md: a -> b\n"
     "back: page: page.md: b -> a\n  had been so since 2026-03-04\n"
     "flapping: page: page.md: a -> b\n"
     "  flapping: turned 4 times in the last 10 runs; told again when it is edited or has not "
     "turned for 5\n"
     "page: page.md: b -> c\n"
     "settled: page: page.md: its text is as it was told last\n"},
};

INSTANTIATE_TEST_SUITE_P(WatchedPages, WatchPageTest, testing::ValuesIn(kPageRows),
                         [](const auto& row) { return std::string(row.param.name); });

TEST_F(WatchRunTest, TellsWhenAPageCannotBeRead) {
  EXPECT_EQ(Next({}, {SamplePage("page.md", "aa")}), "first\n");
  EXPECT_EQ(Next({}, {SamplePage("page.md", "", "no answer")}),
            "page.md: the page cannot be read\n  no answer\nuntold: no answer\n");
  EXPECT_EQ(Next({}, {SamplePage("page.md", "", "no answer")}), "untold: no answer\n");
  EXPECT_EQ(Next({}, {SamplePage("page.md", "aa")}),
            "page.md: the page can be read again\n  had been so since 2026-03-02\n");
}

TEST_F(WatchRunTest, TellsOfSeveralPagesOnce) {
  EXPECT_EQ(Next({}, {SamplePage("a.md", "aa"), SamplePage("b.md", "aa")}), "first\n");
  EXPECT_EQ(Next({}, {SamplePage("a.md", "bb"), SamplePage("b.md", "bb")}),
            "page: 2 pages: aa -> bb\n  a.md\n  b.md\n");
}

TEST_F(WatchRunTest, EachSeriesHearsOfAPage) {
  const auto of_china = [](KeptRun& run) { run.profile = "china"; };
  EXPECT_EQ(Next({}, {SamplePage("page.md", "aa")}), "first\n");
  EXPECT_EQ(Next(of_china, {SamplePage("page.md", "aa")}), "first\n");
  EXPECT_EQ(Next({}, {SamplePage("page.md", "bb")}), "page: page.md: aa -> bb\n");
  EXPECT_EQ(Next(of_china, {SamplePage("page.md", "bb")}), "page: page.md: aa -> bb\n");
}

TEST_F(WatchRunTest, OfAPageTheTextsReadAndToldLastAreKept) {
  const std::string series = SampleKeptRun(0).Series();
  for (const char* text : {"a", "b", "c", "d"}) Next({}, {SamplePage("page.md", text)}, 3);
  EXPECT_EQ(store_->FindPage(series, "page.md")->value().sha256, "d");
  for (const auto& [text, kept] : {std::pair("a", true), {"b", false}, {"c", false}, {"d", true}}) {
    EXPECT_EQ(store_->FindTexts(series, "page.md", text)->has_value(), kept) << text;
  }
}

TEST_F(WatchRunTest, PagesOfAnOlderSchemaAreKnown) {
  const std::filesystem::path place = path_.string() + ".old";
  std::filesystem::remove(place);
  {
    SQLite::Database old(place.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    old.exec(SchemaScript(2));
    WatchedState state;
    state.told = state.last = "d1";
    SQLite::Statement put(old, "INSERT INTO watched VALUES ('s', 'a.md', 'text', ?)");
    put.bind(1, WriteWatchedState(state));
    put.exec();
    old.exec(
        "INSERT INTO page VALUES ('a.md', 'tag', 'monday', 'A.'), "
        "('a.md INCLUDE b.md', '', '', 'B.'), ('other.md', '', '', 'O.')");
  }
  const auto file = HistoryFile::Open(place);
  ASSERT_TRUE(file) << file.error().message;
  const auto page = WatchStore(**file).FindPage("s", "a.md");
  ASSERT_TRUE(page && *page);
  EXPECT_EQ((*page)->sha256, "d1");
  EXPECT_EQ((*page)->etag, "tag");
  EXPECT_EQ((*page)->last_modified, "monday");
  EXPECT_EQ((*page)->texts, (PageTexts{"A.", {{"b.md", "B."}}}));
  EXPECT_EQ((*file)->database().execAndGet("SELECT count(*) FROM page_text").getInt(), 2);
  for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(place.string() + end);
}

}  // namespace
}  // namespace conform
