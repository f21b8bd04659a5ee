// Cases that run as they stand, but not as their author can have meant.
#include <gtest/gtest.h>

#include "case/case_loader.h"

namespace conform {
namespace {

struct Warning {
  std::string name;
  std::string text;  // of the case, after its identity
  std::string told;
};

constexpr const char* kStep =
    "    request: {method: GET, path: /beta/things, body: none}\n    response: {status: 200}\n";

std::string Steps(const std::string& first, const std::string& second) {
  return "steps:\n  - name: one\n" + std::string(kStep) + first + "  - name: two\n" + kStep +
         second;
}

class LoadCaseWarns : public testing::TestWithParam<Warning> {};

TEST_P(LoadCaseWarns, AndLoads) {
  const std::string text =
      "title: A\noperation: a.b\nclauses: []\nidentity: none\n" + GetParam().text;
  Diagnostics diagnostics;
  const auto source = std::make_shared<SourceText>("a.yaml", text);
  EXPECT_TRUE(LoadCase(source, "a", diagnostics).has_value());
  EXPECT_EQ(diagnostics.RenderAll(), GetParam().told);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, LoadCaseWarns,
    testing::Values(
        Warning{"AKeywordThatDraft7DoesNotKnow",
                "request: {method: GET, path: /beta/things, body: none}\n"
                "response:\n  status: 200\n  body:\n    schema: {requierd: [a], x-own: 1, "
                "properties: {prefixItems: {type: string, unevaluatedItems: false}}}\n",
                "a.yaml:9:13: warning: 'requierd' is no keyword of JSON Schema draft 7: nothing is "
                "judged by it\n 9 |     schema: {requierd: [a], x-own: 1, properties: "
                "{prefixItems: {type: string, unevaluatedItems: false}}}\n   |             ^\n     "
                " did you mean 'required'?\na.yaml:9:13: warning: 'unevaluatedItems' is no keyword "
                "of JSON Schema draft 7: nothing is judged by it\n 9 |     schema: {requierd: [a], "
                "x-own: 1, properties: {prefixItems: {type: string, unevaluatedItems: false}}}\n   "
                "|             ^\n      write it with those of draft 7, or leave it out\n"},
        Warning{
            "AnObjectThatIsAlmostARule",
            "request: {method: GET, path: /beta/things, body: none}\n"
            "response:\n  status: 200\n  body:\n    json: {/a: {exist: true}, /b: {c: 1}}\n",
            "a.yaml:9:17: warning: 'exist' makes this an object that the value must equal, not "
            "a rule\n 9 |     json: {/a: {exist: true}, /b: {c: 1}}\n   |                 ^^^^^\n"
            "      did you mean 'exists'?\n"},
        Warning{"JsonWithoutAContentType",
                "request: {method: POST, path: /beta/things, body: {json: {a: 1}}}\n"
                "response:\n  status: 200\n",
                "a.yaml:5:45: warning: the JSON is sent without a Content-Type\n"
                " 5 | request: {method: POST, path: /beta/things, body: {json: {a: 1}}}\n"
                "   |                                             ^^^^\n"
                "      add headers: {Content-Type: application/json}, or omit: [Content-Type] "
                "where that is what is tried\n"},
        Warning{"JsonWhoseContentTypeIsOmitted",
                "request: {method: POST, path: /beta/things, body: {json: {a: 1}}, omit: "
                "[content-type]}\nresponse:\n  status: 200\n",
                ""},
        Warning{
            "OmittingWhatIsNotAdded",
            "request: {method: GET, path: /beta/things, body: none, omit: [client-requestid]}\n"
            "response:\n  status: 200\n",
            "a.yaml:5:63: warning: conform adds no field 'client-requestid' that it could omit\n"
            " 5 | request: {method: GET, path: /beta/things, body: none, omit: "
            "[client-requestid]}\n   |                                                         "
            "      ^^^^^^^^^^^^^^^^\n"
            "      did you mean 'client-request-id'?\n"},
        Warning{"UntilAndFailIfOfOtherPlacesOrPatterns",
                Steps("    until: {/s: a, /t: {matches: a}}\n"
                      "    fail_if: {/u: a, /s: b, /t: {matches: a}}\n"
                      "    every: 1s\n    for: 1s\n",
                      ""),
                ""},
        Warning{
            "AResponseThatFitsUntil",
            "steps:\n  - name: one\n    request: {method: GET, path: /beta/things, body: none}\n"
            "    response: {status: 200, headers: {s: b}, body: {json: {/s: a, /t: b, /u: "
            "'${uuid}', /w: {matches: x}, /v: {exists: false}}}}\n"
            "    until: {/s: a, /u: b, /x: c, /w: {exists: true}, /v: {exists: false}}\n"
            "    every: 1s\n    for: 1s\n",
            ""},
        Warning{
            "AResponseThatForbidsWhatUntilWaitsFor",
            "steps:\n  - name: one\n    request: {method: GET, path: /beta/things, body: none}\n"
            "    response: {status: 200, body: {json: {/s: {exists: false}}}}\n"
            "    until: {/s: a}\n    every: 1s\n    for: 1s\n",
            "a.yaml:8:47: warning: response and 'until' contradict each other about /s\n"
            " 8 |     response: {status: 200, body: {json: {/s: {exists: false}}}}\n"
            "   |                                               ^\n"
            "      one of them can never be met\n"},
        Warning{"ACleanUpAfterAHopelessStep",
                "limit: 1m\n" +
                    Steps("    until: {/s: a}\n    fail_if: {/s: a}\n    every: 1s\n"
                          "    for: 1m\n",
                          "    until: {/t: a}\n    fail_if: {/t: a}\n"
                          "    every: 1s\n    for: 1m\n") +
                    "  - name: three\n" + kStep + "finally:\n  - name: clean\n" + kStep +
                    "    until: {/t: a}\n    fail_if: {/t: a}\n    every: 1s\n    for: 1s\n",
                "a.yaml:11:19: warning: 'fail_if' and 'until' wait for the same value of /s\n"
                " 11 |     fail_if: {/s: a}\n"
                "    |                   ^\n"
                "      one of them can never be met\n"
                "a.yaml:15:5: warning: step 'two' cannot be reached: 'one' never succeeds\n"
                " 15 |     request: {method: GET, path: /beta/things, body: none}\n"
                "    |     ^^^^^^^\n"
                "a.yaml:18:19: warning: 'fail_if' and 'until' wait for the same value of /t\n"
                " 18 |     fail_if: {/t: a}\n"
                "    |                   ^\n"
                "      one of them can never be met\n"
                "a.yaml:22:5: warning: step 'three' cannot be reached: 'one' never succeeds\n"
                " 22 |     request: {method: GET, path: /beta/things, body: none}\n"
                "    |     ^^^^^^^\n"
                "a.yaml:29:19: warning: 'fail_if' and 'until' wait for the same value of /t\n"
                " 29 |     fail_if: {/t: a}\n"
                "    |                   ^\n"
                "      one of them can never be met\n"},
        Warning{"ACaptureThatIsUsed",
                "steps:\n  - name: one\n" + std::string(kStep) +
                    "    capture: {id: /id}\n  - name: two\n    request: {method: GET, path: "
                    "'/${capture.id}', body: none}\n    response: {status: 200}\n",
                ""},
        Warning{"ACaptureThatIsNeverUsed", Steps("    capture: {id: /id}\n", ""),
                "a.yaml:9:15: warning: capture 'id' is never used\n"
                " 9 |     capture: {id: /id}\n"
                "   |               ^^\n"
                "      leave it out, or observe it in response\n"},
        Warning{"AVariableThatIsNeverUsed", "vars: [colour]\n" + Steps("", ""),
                "a.yaml:5:8: warning: variable 'colour' is never used\n"
                " 5 | vars: [colour]\n"
                "   |        ^^^^^^\n"},
        Warning{"AColumnThatIsNeverUsed",
                "rows: {a: {n: 1, expected: 404}, b: {expected: 200, n: 2}}\n"
                "request: {method: GET, path: '/${row.n}', body: none}\nresponse: {status: 200}\n",
                "a.yaml:5:18: warning: column 'expected' is never used\n"
                " 5 | rows: {a: {n: 1, expected: 404}, b: {expected: 200, n: 2}}\n"
                "   |                  ^^^^^^^^\n"
                "      write ${row.expected} where it belongs, or leave it out\n"},
        Warning{"AColumnThatNamesAParameter",
                "rows: {a: {n: 1}}\n"
                "request: {method: GET, path: /a, query: {'${row.n}': 1}, body: none}\n"
                "response: {status: 200}\n",
                ""},
        Warning{"APollThatIsAnEffect",
                "request: {method: POST, path: /a, body: none}\nresponse: {status: 200}\n"
                "until: {/s: a}\nevery: 1s\nfor: 1m\n",
                "a.yaml:7:1: warning: 'until' asks again by POST, which may do again what it did\n"
                " 7 | until: {/s: a}\n   | ^^^^^\n"
                "      put the question into a step of its own\n"},
        Warning{"SettlingAndPagesThatAreEffects",
                "request: {method: PUT, path: /a, body: none}\nresponse: {status: 200}\n"
                "settle: {answers: [202, 404], for: 1m}\nfollow: {next: /n, max: 2}\n",
                "a.yaml:7:1: warning: 'settle' asks again by PUT, which may do again what it did\n"
                " 7 | settle: {answers: [202, 404], for: 1m}\n   | ^^^^^^\n"
                "      put the question into a step of its own\n"
                "a.yaml:8:1: warning: 'follow' asks again by PUT, which may do again what it did\n"
                " 8 | follow: {next: /n, max: 2}\n   | ^^^^^^\n"
                "      put the question into a step of its own\n"},
        Warning{"SettlingOfWhatHadNoEffect",
                "request: {method: POST, path: /a, body: none}\nresponse: {status: 200}\n"
                "settle: {answers: [404, 5xx], for: 1m}\n",
                ""},
        Warning{"AMethodThatTheRunTells",
                "rows: {a: {m: GET}}\nrequest: {method: '${row.m}', path: /a, body: none}\n"
                "response: {status: 200}\nuntil: {/s: a}\nevery: 1s\nfor: 1m\n",
                ""},
        Warning{"SettlingThatAsksOnce",
                "request: {method: GET, path: /a, body: none}\nresponse: {status: 200}\n"
                "settle: {answers: [404], for: 500ms}\n",
                "a.yaml:7:31: warning: 'every' is 1s, longer than 'for', which is 500ms: it asks "
                "only once\n"
                " 7 | settle: {answers: [404], for: 500ms}\n"
                "   |                               ^^^^^\n"},
        Warning{"APollThatAsksOnce", Steps("    until: {/s: a}\n    every: 2m\n    for: 1m\n", ""),
                "a.yaml:10:12: warning: 'every' is 2m, longer than 'for', which is 1m: it asks "
                "only once\n"
                " 10 |     every: 2m\n"
                "    |            ^^\n"},
        Warning{"APollLongerThanTheCase",
                "limit: 5m\n" + Steps("    until: {/s: a}\n    every: 1s\n    for: 10m\n", ""),
                "a.yaml:10:5: warning: step 'one' asks for 10m, longer than the case's limit of "
                "5m\n"
                " 10 |     until: {/s: a}\n"
                "    |     ^^^^^\n"},
        Warning{"APollThatCannotSucceed",
                Steps("    until: {/s: a}\n    fail_if: {/s: a}\n    every: 1s\n    for: 1m\n", ""),
                "a.yaml:10:19: warning: 'fail_if' and 'until' wait for the same value of /s\n"
                " 10 |     fail_if: {/s: a}\n"
                "    |                   ^\n"
                "      one of them can never be met\n"
                "a.yaml:14:5: warning: step 'two' cannot be reached: 'one' never succeeds\n"
                " 14 |     request: {method: GET, path: /beta/things, body: none}\n"
                "    |     ^^^^^^^\n"},
        Warning{"APollThatContradictsItsResponse",
                "request: {method: GET, path: /a, body: none}\n"
                "response: {status: 200, body: {json: {/s: b}}}\n"
                "until: {/s: a}\nevery: 1s\nfor: 1m\n",
                "a.yaml:6:43: warning: response and 'until' contradict each other about /s\n"
                " 6 | response: {status: 200, body: {json: {/s: b}}}\n"
                "   |                                           ^\n"
                "      one of them can never be met\n"}),
    [](const auto& param) { return param.param.name; });

}  // namespace
}  // namespace conform
