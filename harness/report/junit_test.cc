#include "report/junit.h"

#include <gtest/gtest.h>

#include <ostream>
#include <pugixml.hpp>
#include <sstream>
#include <string_view>

#include "base/utf8.h"
#include "record/example_record.h"
#include "report/sample_conclusion.h"

namespace conform {
namespace {

pugi::xml_document Parse(const std::string& text) {
  pugi::xml_document document;
  const pugi::xml_parse_result result = document.load_buffer(text.data(), text.size());
  EXPECT_TRUE(result) << result.description() << " at " << result.offset;
  return document;
}

constexpr const char* kExampleXml = R"XML(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="conform" tests="2" failures="1" errors="0" skipped="0" time="0.005000" timestamp="2026-11-24T22:54:03.120Z">
 <testsuite name="deviceManagement_windowsAutopilotSettings_sync/2019_01" tests="2" failures="1" errors="0" skipped="0" time="0.002134" timestamp="2026-11-24T22:54:03.120Z">
  <properties>
   <property name="tool" value="conform 0.1.0" />
   <property name="profile" value="mock" />
   <property name="target" value="embedded mock" />
   <property name="proves" value="the harness (a mock answered)" />
   <property name="strict" value="false" />
   <property name="complete" value="true" />
   <property name="exit_code" value="1" />
   <property name="verdict" value="nonconformance (1 of 2 tests failed)" />
  </properties>
  <testcase classname="deviceManagement_windowsAutopilotSettings_sync/2019_01" name="documented_request" file="cases/graph/beta/deviceManagement/windowsAutopilotSettings/sync/documented_request.yaml" line="1" timestamp="2026-11-24T22:54:03.120Z" time="0.001234">
   <properties>
    <property name="outcome" value="fail" />
    <property name="clauses" value="sync.response.204" />
    <property name="edition" value="2019-01" />
    <property name="target" value="embedded mock" />
    <property name="request-id" value="81ab" />
   </properties>
   <failure message="status is 200, the contract promises 204 (sync.response.204)" type="sync.response.204">FAIL  deviceManagement_windowsAutopilotSettings_sync/2019_01.documented_request
cases/graph/beta/deviceManagement/windowsAutopilotSettings/sync/documented_request.yaml:12:11: status is 200, the contract promises 204
 12 |   status: 204
    |           ^^^
      clause   sync.response.204 (must): A successful call is answered 204 No Content.
      source   edition 2019-01, Response, sentence bbfb6-130
      sent     POST http://127.0.0.1:8080/beta/deviceManagement/windowsAutopilotSettings/sync   client-request-id 6f1c
      got      HTTP/1.1 200 OK, 2 header fields, 17 bytes                                       request-id 81ab
      again    curl -X POST -H "Authorization: Bearer $CONFORM_TOKEN_DELEGATED_WORK"
</failure>
  </testcase>
  <testcase classname="deviceManagement_windowsAutopilotSettings_sync/2019_01" name="without_authorization" file="cases/graph/beta/deviceManagement/windowsAutopilotSettings/sync/without_authorization.yaml" line="1" timestamp="2026-11-24T22:54:03.122Z" time="0.000900">
   <properties>
    <property name="outcome" value="pass" />
    <property name="edition" value="2019-01" />
    <property name="target" value="embedded mock" />
   </properties>
  </testcase>
 </testsuite>
</testsuites>
)XML";

TEST(RenderJunit, IsWholeAndSaysWhatTheConsoleSays) {
  EXPECT_EQ(RenderJunit(ExampleRecord(), kSampleConclusion), kExampleXml);
}

struct Told {
  const char* name;
  TestRecord test;
  const char* element;  ///< what stands below `testcase`, without properties.
};

void PrintTo(const Told& row, std::ostream* out) { *out << row.name; }

TestRecord Found(Outcome outcome, const char* reason = "") {
  TestRecord test = ExampleTest("a", outcome, reason);
  Finding finding;
  finding.clause = {"graph.x", "", ""};
  finding.strength = Strength::kShould;
  finding.says = "Says so.";
  finding.source = "RFC 9110 §15.5.6";
  finding.message = "headers.x is absent, the contract promises it";
  finding.path = "c.yaml";
  test.verdict.findings = {finding};
  test.suite = "s";
  return test;
}

TestRecord Accepted() {
  TestRecord test = Found(Outcome::kDeviation);
  test.verdict.findings[0].deviation = "known";
  return test;
}

TestRecord FailedTwice() {
  TestRecord test = Found(Outcome::kFail);
  test.verdict.findings.insert(test.verdict.findings.begin(), Accepted().verdict.findings[0]);
  return test;
}

TestRecord Flaky() {
  TestRecord test = ExampleTest("a", Outcome::kPass, "flaky: 429 or 503 was waited out once (1s)");
  test.suite = "s";
  test.flaky = true;
  return test;
}

TestRecord Plain(Outcome outcome, const char* reason) {
  TestRecord test = ExampleTest("a", outcome, reason);
  test.suite = "s";
  return test;
}

class JunitOutcome : public testing::TestWithParam<Told> {};

TEST_P(JunitOutcome, IsToldByItsElement) {
  RunRecord record = ExampleRecord();
  record.tests = {GetParam().test};
  const pugi::xml_document document = Parse(RenderJunit(record, kSampleConclusion));
  std::ostringstream text;
  const auto testcase = document.child("testsuites").child("testsuite").child("testcase");
  for (const pugi::xml_node& child : testcase.children()) {
    if (std::string_view(child.name()) != "properties") child.print(text, "", pugi::format_raw);
  }
  EXPECT_EQ(text.str(), GetParam().element);
}

const Told kTold[] = {
    {"PassByNone", Plain(Outcome::kPass, ""), ""},
    {"PassThatIsFlakyBySystemOut", Flaky(),
     "<system-out>PASS  s.a: flaky: 429 or 503 was waited out once (1s)\n</system-out>"},
    {"DeviationBySystemOut", Accepted(),
     "<system-out>DEVIATION  s.a\nc.yaml: headers.x is absent, the contract promises it\n"
     "      clause   graph.x (should): Says so.\n      source   RFC 9110 §15.5.6\n"
     "      accepted as a deviation: known\n</system-out>"},
    {"WarnBySystemOut", Found(Outcome::kWarn),
     "<system-out>WARN  s.a\nc.yaml: headers.x is absent, the contract promises it\n"
     "      clause   graph.x (should): Says so.\n      source   RFC 9110 §15.5.6\n</system-out>"},
    {"InconclusiveByError", Plain(Outcome::kInconclusive, "no answer came"),
     "<error message=\"no answer came\" type=\"inconclusive\">INCONCLUSIVE  s.a: no answer came\n"
     "</error>"},
    {"FailOfAShouldUnderStrictByFailure", Found(Outcome::kFail),
     "<failure message=\"headers.x is absent, the contract promises it (graph.x)\" "
     "type=\"graph.x\">FAIL  s.a\nc.yaml: headers.x is absent, the contract promises it\n"
     "      clause   graph.x (should): Says so.\n      source   RFC 9110 §15.5.6\n</failure>"},
    {"FailWithMoreByFailure", FailedTwice(),
     "<failure message=\"headers.x is absent, the contract promises it (graph.x), and 1 more\" "
     "type=\"graph.x\">FAIL  s.a\nc.yaml: headers.x is absent, the contract promises it\n"
     "      clause   graph.x (should): Says so.\n      source   RFC 9110 §15.5.6\n"
     "      accepted as a deviation: known\n"
     "c.yaml: headers.x is absent, the contract promises it\n"
     "      clause   graph.x (should): Says so.\n      source   RFC 9110 §15.5.6\n</failure>"},
    {"SkipBySkipped", Plain(Outcome::kSkip, "no identity application"),
     "<skipped message=\"no identity application\" type=\"skip\"/>"},
    {"NotRunBySkippedThatSaysSo", Plain(Outcome::kNotRun, "the run ended before it"),
     "<skipped message=\"not run: the run ended before it\" type=\"not_run\"/>"},
};

INSTANTIATE_TEST_SUITE_P(RenderJunit, JunitOutcome, testing::ValuesIn(kTold),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(RenderJunit, AFailureThatTheBaselineKnowsIsToldAsWhatIsAccepted) {
  const RunRecord baseline = ExampleRecord();
  RunRecord record = baseline;
  record.tests.push_back(ExampleFailure());
  record.tests.back().name = "fresh";
  const pugi::xml_document document = Parse(RenderJunit(record, kSampleConclusion, &baseline));
  const pugi::xml_node suite = document.child("testsuites").child("testsuite");
  const auto value = [](const pugi::xml_node& of) {
    return std::string(of.child("properties")
                           .find_child_by_attribute("name", "baseline")
                           .attribute("value")
                           .value());
  };
  std::string told;
  for (const pugi::xml_node& test : suite.children("testcase")) {
    told += std::string(test.attribute("name").value()) + ": " + value(test) + " " +
            (test.child("failure") ? "failure" : "") +
            std::string(test.child("system-out").text().get()).substr(0, 71) + "\n";
  }
  EXPECT_EQ(told,
            "documented_request: known Known: it failed alike in the baseline run of "
            "2026-11-24T22:54:03.120Z.\n"
            "without_authorization:  \n"
            "fresh: new failure\n");
  EXPECT_EQ(value(suite), "2026-11-24T22:54:03.120Z");
  EXPECT_STREQ(suite.attribute("failures").value(), "1");
}

TEST(RenderJunit, KeepsSuitesTogetherAndCountsWhatItWrote) {
  RunRecord record = ExampleRecord();
  record.tests = {Plain(Outcome::kFail, ""), ExampleTest("a", Outcome::kSkip),
                  Plain(Outcome::kInconclusive, ""), Plain(Outcome::kNotRun, "")};
  const pugi::xml_document document = Parse(RenderJunit(record, kSampleConclusion));
  const pugi::xml_node root = document.child("testsuites");
  const auto counts = [](const pugi::xml_node& node) {
    std::string text;
    for (const char* name : {"tests", "failures", "errors", "skipped"}) {
      text += std::string(node.attribute(name).value()) + " ";
    }
    return text;
  };
  EXPECT_EQ(counts(root), "4 1 1 2 ");
  std::string suites;
  for (const pugi::xml_node& suite : root.children("testsuite")) suites += counts(suite) + "| ";
  EXPECT_EQ(suites, "3 1 1 1 | 1 0 0 1 | ");
}

TEST(RenderJunit, MarksARunThatWasEndedEarlyAndItsShard) {
  RunRecord record = ExampleRecord();
  record.complete = false;
  record.header.shard_index = 1;
  record.header.shard_count = 3;
  const pugi::xml_document document = Parse(RenderJunit(record, kSampleConclusion));
  const auto value = [&](const char* name) {
    return std::string(document.child("testsuites")
                           .child("testsuite")
                           .child("properties")
                           .find_child_by_attribute("name", name)
                           .attribute("value")
                           .value());
  };
  EXPECT_EQ(value("complete"), "false");
  EXPECT_EQ(value("shard"), "1 of 3, counted from 0");
}

struct OfTheRun {
  const char* name;
  std::vector<TestRecord> tests;
  Conclusion conclusion;
  const char* totals;   ///< tests, failures, errors.
  const char* element;  ///< of the run's own testcase; empty: it has none.
};

const OfTheRun kOfTheRun[] = {
    {"a pass", {Plain(Outcome::kPass, "")}, {0, "conforms", {}, {}}, "1 0 0", ""},
    {"a failure", {Plain(Outcome::kFail, "")}, {1, "nonconformance (a)", {}, {"a"}}, "1 1 0", ""},
    {"bad input beside a failure",
     {Plain(Outcome::kFail, "")},
     {2, "bad input (a; b)", {}, {"a", "b"}},
     "2 1 1",
     "<error message=\"bad input (a; b)\" type=\"exit_code_2\">a\nb\n</error>"},
    {"nothing to be told beside passes",
     {Plain(Outcome::kPass, "")},
     {3, "could not tell (<a>)", {}, {"<a>"}},
     "2 0 1",
     "<error message=\"could not tell (&lt;a>)\" type=\"exit_code_3\">&lt;a&gt;\n</error>"},
    {"tests that did not run",
     {Plain(Outcome::kNotRun, "")},
     {3, "could not tell (a)", {}, {"a"}},
     "2 0 1",
     "<error message=\"could not tell (a)\" type=\"exit_code_3\">a\n</error>"},
    {"an inconclusive test, which says so itself",
     {Plain(Outcome::kInconclusive, "why")},
     {3, "could not tell (a)", {}, {"a"}},
     "1 0 1",
     ""},
    {"no test",
     {},
     {2, "bad input (a)", {}, {"a"}},
     "1 0 1",
     "<error message=\"bad input (a)\" type=\"exit_code_2\">a\n</error>"},
};

TEST(RenderJunit, WhatMakesTheWholeRunNoPassIsATestcaseOfItsOwn) {
  for (const OfTheRun& row : kOfTheRun) {
    RunRecord record = ExampleRecord();
    record.tests.assign(row.tests.begin(), row.tests.end());
    const pugi::xml_document document = Parse(RenderJunit(record, row.conclusion));
    const pugi::xml_node root = document.child("testsuites");
    const auto value = [](const pugi::xml_node& of, const char* name) {
      return std::string(of.attribute(name).value());
    };
    EXPECT_EQ(value(root, "tests") + " " + value(root, "failures") + " " + value(root, "errors"),
              row.totals)
        << row.name;
    const pugi::xml_node suite = root.last_child();
    const pugi::xml_node properties = suite.child("properties");
    EXPECT_EQ(value(properties.find_child_by_attribute("name", "exit_code"), "value"),
              std::to_string(row.conclusion.exit_code));
    EXPECT_EQ(value(properties.find_child_by_attribute("name", "verdict"), "value"),
              row.conclusion.meaning);
    std::ostringstream element;
    if (value(suite, "name") == "conform") {
      EXPECT_EQ(value(suite.child("testcase"), "classname"), "conform");
      EXPECT_EQ(value(suite.child("testcase"), "name"), "run");
      suite.child("testcase").first_child().print(element, "", pugi::format_raw);
    }
    EXPECT_EQ(element.str(), row.element) << row.name;
  }
}

TEST(RenderJunit, MarksATestThatIsFlaky) {
  RunRecord record = ExampleRecord();
  record.tests = {Plain(Outcome::kPass, ""), Flaky()};
  record.tests[0].suite = "other";
  std::string told;
  const pugi::xml_document document = Parse(RenderJunit(record, kSampleConclusion));
  for (const pugi::xml_node& suite : document.child("testsuites").children("testsuite")) {
    told += suite.child("testcase")
                .child("properties")
                .find_child_by_attribute("name", "flaky")
                .attribute("value")
                .value();
    told += '|';
  }
  EXPECT_EQ(told, "|true|");
}

TEST(RenderJunit, ListsTheClausesOfTheContractAndAnyOtherThatBroke) {
  TestRecord test = ExampleTest("a", Outcome::kWarn);
  test.verdict.judged = {{{"sync.response.204", kExampleOperation, "2019-01"}, true},
                         {{"http.date", "", ""}, true},
                         {{"graph.request_id.present", "", ""}, false}};
  test.exchanges = {ExampleExchange(), ExchangeRecord(), ExampleExchange()};
  RunRecord record = ExampleRecord();
  record.tests = {test};
  const pugi::xml_document document = Parse(RenderJunit(record, kSampleConclusion));
  const auto properties =
      document.child("testsuites").child("testsuite").child("testcase").child("properties");
  const auto value = [&](const char* name) {
    return std::string(properties.find_child_by_attribute("name", name).attribute("value").value());
  };
  EXPECT_EQ(value("clauses"), "sync.response.204 graph.request_id.present");
  EXPECT_EQ(value("request-id"), "81ab 81ab");
}

TEST(RenderJunit, OfNoTestIsEmpty) {
  RunRecord record = ExampleRecord();
  record.tests.clear();
  EXPECT_EQ(RenderJunit(record, kSampleConclusion), R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="conform" tests="0" failures="0" errors="0" skipped="0" time="0.005000" timestamp="2026-11-24T22:54:03.120Z" />
)");
}

struct Bytes {
  const char* name;
  std::string bytes;
  const char* shown;
};

const Bytes kBytes[] = {
    {"NUL", std::string("a\0b", 3), "a\\x00b"},
    {"ESC", "a\x1b[31mb", "a\\x1B[31mb"},
    {"CDATA's end", "a]]>b", "a]]>b"},
    {"markup", "<a href=\"x\">&amp;'", "<a href=\"x\">&amp;'"},
    {"invalid UTF-8", "a\xFF\xC3(b", "a\\xFF\\xC3(b"},
    {"a surrogate", "a\xED\xA0\x80", "a\\xED\\xA0\\x80"},
    {"U+FFFE", "a\xEF\xBF\xBE", "a\\u{FFFE}"},
    {"emoji and CJK", "a😀同步", "a😀同步"},
    {"carriage return", "a\rb", nullptr},  // \r in an attribute, \x0D in a body
};

TEST(RenderJunit, IsLegalWhateverBytesCame) {
  for (const Bytes& row : kBytes) {
    TestRecord test = Found(Outcome::kFail);
    test.name = test.path = test.edition = row.bytes;
    test.verdict.findings[0].message = test.verdict.findings[0].says = row.bytes;
    RunRecord record = ExampleRecord();
    record.tests = {test};
    const std::string text = RenderJunit(record, kSampleConclusion);
    EXPECT_FALSE(FindMalformedUtf8(text)) << row.name;
    for (const char c : text) {
      ASSERT_TRUE(static_cast<unsigned char>(c) >= 0x20 || c == '\n') << row.name;
    }
    const pugi::xml_document document = Parse(text);
    const auto testcase = document.child("testsuites").child("testsuite").child("testcase");
    const std::string shown = row.shown == nullptr ? "a\\rb" : row.shown;
    EXPECT_EQ(testcase.attribute("name").value(), shown) << row.name;
    EXPECT_EQ(testcase.child("failure").attribute("message").value(), shown + " (graph.x)");
    EXPECT_NE(std::string(testcase.child("failure").text().get()).find("(should): " + shown),
              std::string::npos)
        << row.name;
  }
}

RunRecord Many(std::size_t count, const TestRecord& like) {
  RunRecord record = ExampleRecord();
  record.tests.assign(count, like);
  for (std::size_t i = 0; i < count; ++i) record.tests[i].name += std::to_string(i);
  return record;
}

TestRecord PassedTest() {
  TestRecord test = ExampleFailure();
  test.verdict.outcome = Outcome::kPass;
  test.verdict.findings.clear();
  return test;
}

/// `tests properties bodies left_out`.
std::string Outline(const std::string& text) {
  const pugi::xml_document document = Parse(text);
  const pugi::xml_node suite = document.child("testsuites").child("testsuite");
  std::size_t tests = 0;
  std::size_t properties = 0;
  std::size_t places = 0;
  std::size_t bodies = 0;
  for (const pugi::xml_node& testcase : suite.children("testcase")) {
    ++tests;
    properties += testcase.child("properties") ? 1 : 0;
    places += testcase.attribute("file") ? 1 : 0;
    bodies += testcase.child("failure").text() ? 1 : 0;
  }
  return std::to_string(tests) + " tests, " + std::to_string(properties) + " with properties, " +
         std::to_string(places) + " with places, " + std::to_string(bodies) + " with bodies; " +
         suite.child("properties")
             .find_child_by_attribute("name", "left_out")
             .attribute("value")
             .value();
}

TEST(JunitLimits, LeaveOutThePropertiesOfPassesAboveSoManyTests) {
  RunRecord record = Many(3, PassedTest());
  record.tests[0] = ExampleFailure();
  EXPECT_EQ(
      Outline(RenderJunit(record, kSampleConclusion, nullptr, {.most_with_all_properties = 3})),
      "3 tests, 3 with properties, 3 with places, 1 with bodies; ");
  EXPECT_EQ(
      Outline(RenderJunit(record, kSampleConclusion, nullptr, {.most_with_all_properties = 2})),
      "3 tests, 1 with properties, 3 with places, 1 with bodies; properties of passes");
}

TEST(JunitLimits, LeaveOutMoreStepByStepUntilItFits) {
  RunRecord record = Many(20, PassedTest());
  for (std::size_t i = 0; i < 10; ++i) {
    record.tests[i].verdict = ExampleFailure().verdict;
    record.tests[i].verdict.findings.assign(20, ExampleFinding());
  }
  std::size_t size = RenderJunit(record, kSampleConclusion).size();
  const char* outlines[] = {
      "20 tests, 10 with properties, 20 with places, 10 with bodies; properties of passes",
      "20 tests, 0 with properties, 10 with places, 10 with bodies; properties of tests; files, "
      "lines and times of day of passes; long bodies are cut",
      "20 tests, 0 with properties, 0 with places, 0 with bodies; properties, files, lines, times "
      "of day and bodies of tests; messages are cut"};
  for (const char* outline : outlines) {
    const std::string text =
        RenderJunit(record, kSampleConclusion, nullptr, {.max_bytes = size - 1});
    EXPECT_EQ(Outline(text), outline);
    EXPECT_LT(text.size(), size);
    size = text.size();
  }
  EXPECT_EQ(Outline(RenderJunit(record, kSampleConclusion, nullptr, {.max_bytes = 1})),
            outlines[2]);
}

TEST(JunitLimits, CutABodyBetweenCharacters) {
  TestRecord test = Found(Outcome::kFail);
  test.verdict.findings[0].says = "é";
  for (int i = 0; i < 200; ++i) test.verdict.findings.push_back(test.verdict.findings[0]);
  RunRecord record = ExampleRecord();
  record.tests = {test};
  const std::string text = RenderJunit(record, kSampleConclusion);
  EXPECT_FALSE(FindMalformedUtf8(text));
  const pugi::xml_document document = Parse(text);
  const std::string body = document.child("testsuites")
                               .child("testsuite")
                               .child("testcase")
                               .child("failure")
                               .text()
                               .get();
  EXPECT_EQ(CountCharacters(body), 8'002U);
  EXPECT_TRUE(body.ends_with("…\n"));
}

TEST(JunitLimits, HoldForAHundredThousandTests) {
  const std::pair<const char*, TestRecord> rows[] = {{"passes", PassedTest()},
                                                     {"failures", ExampleFailure()}};
  for (const auto& [name, like] : rows) {
    const std::string text = RenderJunit(Many(100'000, like), kSampleConclusion);
    EXPECT_LT(text.size(), 30'000'000U) << name;
    EXPECT_EQ(Outline(text).substr(0, 13), "100000 tests,") << name;
  }
}

}  // namespace
}  // namespace conform
