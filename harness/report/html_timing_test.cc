#include "report/html_timing.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "record/example_record.h"

namespace conform {
namespace {

using std::chrono::microseconds;

/// `50-100: 2, 100-200: 0, …`, in microseconds.
std::string Count(const std::vector<microseconds>& durations) {
  std::string text;
  for (const TimingBar& bar : CountDurations(durations)) {
    text += (text.empty() ? "" : ", ") + std::to_string(bar.from.count()) + "-" +
            std::to_string(bar.to.count()) + ": " + std::to_string(bar.count);
  }
  return text;
}

TEST(CountDurations, OfNothingIsNothing) { EXPECT_EQ(Count({}), ""); }

TEST(CountDurations, AnEdgeBelongsToTheBarAbove) {
  EXPECT_EQ(Count({microseconds(99), microseconds(100)}), "50-100: 1, 100-200: 1");
}

TEST(CountDurations, LeavesNoBarOutBetween) {
  EXPECT_EQ(Count({microseconds(60), microseconds(70), microseconds(600)}),
            "50-100: 2, 100-200: 0, 200-500: 0, 500-1000: 1");
}

TEST(CountDurations, WhatIsVeryShortIsOneBar) {
  EXPECT_EQ(Count({microseconds(0), microseconds(19)}), "0-20: 2");
}

TEST(WriteTiming, TellsTheChartInWords) {
  RunRecord record = ExampleRecord();
  record.tests[0].exchanges = {ExampleExchange(), ExampleExchange()};
  record.tests[0].exchanges[1].duration = microseconds(90'000);
  HtmlWriter out;
  WriteTiming(HtmlRun(record, {}), out);
  const std::string& html = out.html();
  EXPECT_NE(html.find("<title id=\"chart-title\">How many exchanges took how long</title>"),
            std::string::npos);
  EXPECT_NE(html.find("<desc id=\"chart-text\">500 µs to 1 ms: 1 exchange; 50 ms to 100 ms: 1 "
                      "exchange.</desc>"),
            std::string::npos);
  EXPECT_NE(html.find("<figcaption>Of 2 exchanges half took at most 0.81 ms, 95 of 100 at most "
                      "90 ms, the longest 90 ms.</figcaption>"),
            std::string::npos);
}

TEST(WriteTiming, LeavesOutWhatWasNotAnsweredAndSaysSo) {
  RunRecord record = ExampleRecord();
  ExchangeRecord silent = ExampleExchange();
  silent.status_line.clear();
  silent.duration = microseconds(1'000'000);
  record.tests[0].exchanges = {ExampleExchange(), silent, silent};
  record.tests[0].exchanges[2] = ExampleExchange();  // its content did not come to an end
  record.tests[0].exchanges[2].trouble = "no more came within 1s";
  record.tests[0].exchanges[2].duration = microseconds(900'000);
  const auto told = [&] {
    HtmlWriter out;
    WriteTiming(HtmlRun(record, {}), out);
    return out.html();
  };
  EXPECT_NE(told().find("<figcaption>Of 1 exchange half took at most 0.81 ms, 95 of 100 at most "
                        "0.81 ms, the longest 0.81 ms. Not among them: 2 exchanges without an "
                        "answer, the longest given up after 1.00 s.</figcaption>"),
            std::string::npos)
      << told();
  record.tests[0].exchanges = {silent};
  EXPECT_NE(told().find("<p>No exchange was answered: 1 exchange without an answer, given up "
                        "after 1.00 s.</p>"),
            std::string::npos)
      << told();
}

TEST(WriteTiming, SaysThatNoExchangeTookPlace) {
  RunRecord record;
  HtmlWriter out;
  WriteTiming(HtmlRun(record, {}), out);
  EXPECT_NE(out.html().find("<p>No exchange took place.</p>"), std::string::npos);
}

TEST(WriteTiming, BearsDurationsThatNoClockGives) {
  RunRecord record = ExampleRecord();
  record.tests[0].exchanges = {ExampleExchange(), ExampleExchange()};
  record.tests[0].exchanges[0].duration = microseconds::max();
  record.tests[0].exchanges[1].duration = microseconds(-5);
  HtmlWriter out;
  WriteTiming(HtmlRun(record, {}), out);
  EXPECT_NE(out.html().find("the longest 1000000 s."), std::string::npos);
}

}  // namespace
}  // namespace conform
