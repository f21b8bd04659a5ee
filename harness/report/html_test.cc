#include "report/html.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "report/sample_conclusion.h"
#include "report/sample_run.h"
#include "testing/golden.h"

namespace conform {
namespace {

using Pages = std::map<std::string, std::string>;

Pages Render(const RunRecord& record, const HtmlLimits& limits = {},
             const RunRecord* baseline = nullptr) {
  Pages pages;
  const auto write = [&pages](std::string_view path, std::string_view bytes) -> Expected<void> {
    pages[std::string(path)] = bytes;
    return {};
  };
  const Expected<void> written =
      WriteHtml(record, EvidenceOf(record), kSampleConclusion, write, baseline, limits);
  EXPECT_TRUE(written) << written.error().message;
  return pages;
}

std::vector<std::string> Paths(const Pages& pages) {
  std::vector<std::string> paths;
  for (const auto& [path, bytes] : pages) paths.push_back(path);
  return paths;
}

/// Without the style sheet and its digest, which other tests look at.
std::string WithoutStyle(std::string page) {
  const std::size_t style = page.find("<style>");
  page.erase(style, page.find("</head>") - style);
  const std::size_t digest = page.find("sha256-");
  page.erase(digest, page.find("&#39;", digest) - digest);
  return page;
}

bool Has(const std::string& page, const std::string& part) {
  return page.find(part) != std::string::npos;
}

TEST(WriteHtml, TellsAFailedRunFromTheVerdictToTheDigests) {
  const std::string page = WithoutStyle(Render(SampleFailingRun()).at("report.html"));
  const std::string path = std::string(CONFORM_TESTDATA) + "/html/failing.html";
  EXPECT_EQ(page, Golden(path, page));
}

TEST(WriteHtml, TellsAMixedRunOfEveryOutcome) {
  const std::string page = WithoutStyle(Render(SampleMixedRun()).at("report.html"));
  const std::string path = std::string(CONFORM_TESTDATA) + "/html/mixed.html";
  EXPECT_EQ(page, Golden(path, page));
}

TEST(WriteHtml, GivesTheSameBytesForTheSameRecord) {
  EXPECT_EQ(Render(SampleMixedRun()), Render(SampleMixedRun()));
}

TEST(WriteHtml, ForbidsEveryRequestAndScript) {
  const std::string page = Render(SamplePassingRun()).at("report.html");
  EXPECT_TRUE(Has(page,
                  "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
                  "&#39;none&#39;; style-src &#39;sha256-"));
  for (const std::string part :
       {"<script", "<link", "<img", "<iframe", " src=", "url(", "@import"}) {
    EXPECT_FALSE(Has(page, part)) << part;
  }
}

TEST(WriteHtml, LetsNoTextOfTheRecordBeMarkupOrHide) {
  RunRecord record = SampleMixedRun();
  const std::string hostile = HostileText();
  for (TestRecord& test : record.tests) {
    test.suite += hostile;
    test.identity = test.path = test.operation = test.edition = test.verdict.reason = hostile;
  }
  for (ClauseRecord& clause : record.header.clauses) clause.source = clause.untested = hostile;
  record.header.host = record.header.profile = record.header.target = hostile;
  record.header.ci_run = "javascript:alert(1)";
  record.header.tool.version = record.header.time_zone = hostile;
  const std::string page = Render(record).at("report.html");
  for (const std::string part : {"<script", "onload='", "\xE2\x80\xAE", "\x1B", "\xFF"}) {
    EXPECT_FALSE(Has(page, part)) << part;
  }
  EXPECT_FALSE(Has(page, std::string(1, '\0')));
  EXPECT_FALSE(Has(page, "href=\"javascript:"));
  EXPECT_EQ(page.find("</style>"), page.rfind("</style>"));
}

TEST(WriteHtml, CutsEvidenceOfPassesFirstAndSaysSo) {
  RunRecord record = SampleFailingRun();
  record.tests[0].exchanges[0].attempts[0].response[0].body = std::string(2'000, 'f');
  record.tests[1].exchanges[0].attempts[0].response[0].body = std::string(2'000, 'p');
  const std::size_t whole = Render(record).at("report.html").size();
  HtmlLimits limits;
  limits.most_bytes = whole - 1;
  const std::string page = Render(record, limits).at("report.html");
  EXPECT_LT(page.size(), whole);
  EXPECT_TRUE(Has(page, std::string(2'000, 'f')));
  EXPECT_FALSE(Has(page, std::string(201, 'p')));
  EXPECT_TRUE(Has(page,
                  "<p>To keep this page small, bodies of tests that passed are cut after 200 "
                  "bytes; run.json has them.</p>"));
}

TEST(WriteHtml, AboveItsLimitIsAnIndexAndAPageForEachTestToActOn) {
  HtmlLimits limits;
  limits.most_tests = 6;
  const Pages pages = Render(SampleMixedRun(), limits);
  EXPECT_EQ(Paths(pages),
            (std::vector<std::string>{"failures/1.html", "failures/3.html", "failures/4.html",
                                      "failures/5.html", "report.html"}));
  EXPECT_TRUE(Has(pages.at("report.html"),
                  "<a href=\"failures/1.html\">The documented request is answered 204 with no "
                  "content</a>"));
  EXPECT_TRUE(
      Has(pages.at("failures/1.html"), "<h4>status is 200, the contract promises 204</h4>"));
  EXPECT_TRUE(Has(pages.at("failures/1.html"), "<a href=\"../report.html\">The whole report</a>"));
}

TEST(WriteHtml, WhatFitsOnNoPageIsAnIndexToo) {
  HtmlLimits limits;
  limits.most_bytes = 100;
  limits.most_pages = 1;
  const Pages pages = Render(SampleMixedRun(), limits);
  EXPECT_EQ(Paths(pages), (std::vector<std::string>{"failures/1.html", "report.html"}));
  EXPECT_TRUE(Has(pages.at("report.html"),
                  "<p>Of 4 tests the first 1 have one; run.json has the rest.</p>"));
}

TEST(WriteHtml, MarksAFailureThatTheBaselineKnowsAndTellsItLast) {
  const RunRecord baseline = SampleFailingRun();
  RunRecord record = baseline;
  record.tests[1] = record.tests[0];
  record.tests[1].name = "fresh";
  const std::string known =
      "<strong class=\"word fail\">FAIL</strong> <strong class=\"word deviation\">AS IN THE "
      "BASELINE</strong>";
  const std::string page = Render(record, {}, &baseline).at("report.html");
  EXPECT_TRUE(Has(page,
                  "<p>Against the run of 2026-11-24T22:54:03.120Z: 1 new, 1 still failing, 0 "
                  "fixed.</p>"));
  const std::size_t first = page.find("<h3 id=\"t2-title\"><strong class=\"word fail\">");
  const std::size_t last = page.find("<h3 id=\"t1-title\">" + known);
  EXPECT_NE(last, std::string::npos);
  EXPECT_LT(first, last);
  HtmlLimits limits;
  limits.most_tests = 0;
  const Pages pages = Render(record, limits, &baseline);
  EXPECT_TRUE(Has(pages.at("report.html"), known));
  EXPECT_TRUE(Has(pages.at("failures/1.html"), known));
  EXPECT_FALSE(Has(pages.at("failures/2.html"), known));
}

TEST(WriteHtml, FoldsTestsThatGotNoAnswerForOneCause) {
  RunRecord record = SamplePassingRun();
  for (TestRecord& test : record.tests) {
    test.verdict = Verdict();
    test.verdict.outcome = Outcome::kInconclusive;
    ExchangeRecord& exchange = test.exchanges[0];
    exchange.status_line.clear();
    exchange.trouble = exchange.attempts[0].trouble = "connection refused";
    exchange.attempts[0].remote_address.clear();
    exchange.attempts[0].response.clear();
  }
  record.tests.push_back(record.tests[1]);
  record.tests[2].name = "last";
  const std::string page = Render(record).at("report.html");
  EXPECT_TRUE(Has(page, "<article id=\"t1\""));
  EXPECT_TRUE(Has(page, "<p>not sent: POST "));
  EXPECT_TRUE(Has(page, "<p>Not sent: tried 2026-11-24T22:54:03.120Z."));
  EXPECT_TRUE(Has(page,
                  "<details class=\"alike\"><summary>2 more tests ended so for the same "
                  "cause</summary>\n<details class=\"test\" id=\"t2\">"));
  EXPECT_TRUE(Has(page, "<details class=\"test\" id=\"t3\">"));
  record.tests[2].exchanges[0].trouble = "reset";
  EXPECT_TRUE(Has(Render(record).at("report.html"), "<article id=\"t3\""));
}

TEST(WriteHtml, KeepsAThousandTestsUnderFiveMegabytes) {
  RunRecord record = SamplePassingRun();
  const TestRecord passed = record.tests[0];
  record.tests.assign(1'000, passed);
  for (std::size_t i = 0; i < record.tests.size(); ++i) {
    record.tests[i].name += std::to_string(i);
    record.tests[i].exchanges[0].attempts[0].response[0].body = std::string(20'000, 'x');
  }
  const std::string page = Render(record).at("report.html");
  EXPECT_LT(page.size(), 5'000'000U);
  EXPECT_TRUE(Has(page, "id=\"t1000\""));
}

TEST(WriteHtml, TellsWhyEvidenceCannotBeRead) {
  const RunRecord record = SampleFailingRun();
  const EvidenceReader gone = [](std::size_t) -> Expected<TestRecord> {
    return Fail("the journal was removed");
  };
  const auto write = [](std::string_view, std::string_view) -> Expected<void> { return {}; };
  const Expected<void> written = WriteHtml(record, gone, kSampleConclusion, write);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().message, "the journal was removed");
}

TEST(WriteHtml, TellsWhyAPageCannotBeWritten) {
  const RunRecord record = SampleMixedRun();
  const auto full = [](std::string_view path, std::string_view) -> Expected<void> {
    return Fail("cannot write " + std::string(path));
  };
  HtmlLimits limits;
  limits.most_tests = 0;
  const Expected<void> written =
      WriteHtml(record, EvidenceOf(record), kSampleConclusion, full, nullptr, limits);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().message, "cannot write failures/1.html");
}

}  // namespace
}  // namespace conform
