#include "bundle/statement.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "bundle/sample_bundle.h"

namespace conform {
namespace {

const std::vector<Subject> kSubjects = {{"SHA256SUMS", "aa"}, {"run.json", "bb"}};

/// With every part of the predicate that may be absent.
RunRecord FullRun() {
  RunRecord record = SampleRun();
  record.header.tool = {"0.1.0", "3c36035", "gcc 12, Release"};
  record.header.time_zone = "+01:00";
  record.header.host = "host.example";
  record.header.ci_run = "https://ci.example/7";
  record.header.shuffle_seed = 42;
  record.header.previous_sha256 = "cc";
  return record;
}

constexpr const char* kFullStatement = R"({
  "_type": "https://in-toto.io/Statement/v1",
  "subject": [
    {
      "name": "SHA256SUMS",
      "digest": {
        "sha256": "aa"
      }
    },
    {
      "name": "run.json",
      "digest": {
        "sha256": "bb"
      }
    }
  ],
  "predicateType": "https://conform.invalid/run/v1",
  "predicate": {
    "tool": {
      "name": "conform",
      "version": "0.1.0",
      "commit": "3c36035",
      "build": "gcc 12, Release"
    },
    "run": {
      "started": "2026-11-24T22:54:03.120Z",
      "durationMicroseconds": 5000,
      "complete": true,
      "timeZone": "+01:00",
      "host": "host.example",
      "ciRun": "https://ci.example/7",
      "profile": "mock",
      "strict": false,
      "shard": {
        "index": 0,
        "count": 1
      },
      "shuffleSeed": 42
    },
    "target": {
      "origin": "embedded mock",
      "mock": true
    },
    "editions": [
      {
        "operation": "deviceManagement.windowsAutopilotSettings.sync",
        "edition": "2019-01"
      }
    ],
    "inputs": [
      {
        "name": "inputs/cases/a.yaml",
        "digest": {
          "sha256": "7b229ce9a042f86220b111e8a53ada2c1007b579f9a352330542f3b130a5cd3e"
        },
        "annotations": {
          "kind": "case",
          "path": "cases/a.yaml"
        }
      },
      {
        "name": "inputs/specs/b.yaml",
        "digest": {
          "sha256": "392cbe24503c503fd5639a1c98a03f28307a41634c4d436d98fbd194227ff3f2"
        },
        "annotations": {
          "kind": "spec",
          "path": "specs/b.yaml"
        }
      }
    ],
    "outcome": {
      "exitCode": 1,
      "meaning": "nonconformance",
      "reasons": [
        "1 test failed"
      ],
      "tests": {
        "exist": 2,
        "selected": 2,
        "pass": 1,
        "deviation": 0,
        "warn": 0,
        "inconclusive": 0,
        "fail": 1,
        "skip": 0,
        "not_run": 0
      },
      "clauses": {
        "judged": 1,
        "promised": 1
      }
    },
    "timeStamped": false,
    "previousRun": {
      "digest": {
        "sha256": "cc"
      }
    }
  }
})";

TEST(RenderStatement, SaysWhatWasRunAgainstWhatWithWhichOutcome) {
  const std::string text = RenderStatement(FullRun(), SampleOutcome(), kSubjects, false);
  EXPECT_EQ(text.find('\n'), std::string::npos);
  EXPECT_EQ(nlohmann::ordered_json::parse(text).dump(2), kFullStatement);
}

TEST(RenderStatement, NamesTheBaseline) {
  const auto predicate = nlohmann::json::parse(RenderStatement(
      FullRun(), SampleOutcome(), {{std::string(kBaselineName), "cc"}}, false))["predicate"];
  EXPECT_EQ(predicate["baseline"].dump(),
            R"({"digest":{"sha256":"cc"},"name":"baseline/run.json"})");
}

TEST(ReadStatement, ReadsWhatWasRendered) {
  const auto statement =
      ReadStatement(RenderStatement(FullRun(), SampleOutcome(), kSubjects, true));
  ASSERT_TRUE(statement) << statement.error().message;
  EXPECT_EQ(statement->started, "2026-11-24T22:54:03.120Z");
  EXPECT_EQ(statement->target, "embedded mock");
  EXPECT_TRUE(statement->mock);
  EXPECT_TRUE(statement->time_stamped);
  EXPECT_EQ(statement->meaning, "nonconformance");
  EXPECT_EQ(statement->failed, 1u);
  EXPECT_EQ(statement->reasons, std::vector<std::string>{"1 test failed"});
  ASSERT_EQ(statement->subjects.size(), 2u);
  EXPECT_EQ(statement->subjects[1].path, "run.json");
  EXPECT_EQ(statement->subjects[1].sha256, "bb");
}

TEST(ReadStatement, RefusesWhatIsNone) {
  const auto why = [](const std::string& text) {
    const auto statement = ReadStatement(text);
    return statement ? "" : statement.error().message;
  };
  EXPECT_EQ(why("[1]"), "it is no JSON object");
  EXPECT_EQ(why("{}"), "it is no https://in-toto.io/Statement/v1");
  auto json = nlohmann::json::parse(RenderStatement(FullRun(), SampleOutcome(), kSubjects, true));
  const auto spoilt = [&](const char* pointer, const nlohmann::json& value) {
    auto copy = json;
    copy[nlohmann::json::json_pointer(pointer)] = value;
    return why(copy.dump());
  };
  EXPECT_EQ(spoilt("/predicateType", "a"), "it is about no https://conform.invalid/run/v1");
  EXPECT_EQ(spoilt("/subject", 1), "it has no /subject");
  EXPECT_EQ(spoilt("/subject/0", 1), "a subject of it has no /name");
  EXPECT_EQ(spoilt("/subject/1/digest", "bb"), "a subject of it has no /digest/sha256");
  EXPECT_EQ(spoilt("/predicate", nullptr), "it has no /predicate/run/started");
  EXPECT_EQ(spoilt("/predicate/target/mock", "yes"), "it has no /predicate/target/mock");
  EXPECT_EQ(spoilt("/predicate/outcome/reasons", {1}), "a reason of it is no text");
  EXPECT_EQ(spoilt("/predicate/outcome/tests/fail", -1), "it has no /predicate/outcome/tests/fail");
}

/// Prints the mistakes of each line's predicate by the published schema.
constexpr const char* kValidate = R"PY(
import json, sys, jsonschema
schema = json.load(open(sys.argv[1]))
jsonschema.Draft7Validator.check_schema(schema)
for line in sys.stdin:
    errors = sorted(jsonschema.Draft7Validator(schema).iter_errors(json.loads(line)["predicate"]),
                    key=lambda e: (list(map(str, e.absolute_path)), e.validator))
    print("; ".join("/".join(map(str, e.absolute_path)) + " " + e.validator for e in errors) or "valid")
)PY";

std::string Validate(const std::string& lines) {
  const ProgramResult result = RunProgram(
      {"/usr/bin/python3", "-c", kValidate, CONFORM_SOURCE "/reports/bundle-predicate.schema.json"},
      lines);
  EXPECT_EQ(result.exit_code, 0) << result.errors;
  return result.output;
}

RunRecord DigestedRun() {
  RunRecord record = FullRun();
  record.header.previous_sha256 = Sha256Hex("");
  return record;
}

TEST(PredicateSchema, HoldsForWhatIsRendered) {
  EXPECT_EQ(Validate(RenderStatement(DigestedRun(), SampleOutcome(), kSubjects, true) + "\n" +
                     RenderStatement(RunRecord(), {0, "conforms", {}}, {}, false) + "\n" +
                     RenderStatement(RunRecord(), {0, "conforms", {}},
                                     {{std::string(kBaselineName), Sha256Hex("")}}, false) +
                     "\n"),
            "valid\nvalid\nvalid\n");
}

TEST(PredicateSchema, SeesEveryMemberThatIsMissingOrUnknown) {
  const auto json =
      nlohmann::json::parse(RenderStatement(DigestedRun(), SampleOutcome(), kSubjects, true));
  std::string lines;
  std::string expected;
  const auto leaves = json["predicate"].flatten();
  for (const auto& [pointer, value] : leaves.items()) {
    auto spoilt = json;
    const nlohmann::json::json_pointer place("/predicate" + pointer);
    if (spoilt[place.parent_pointer()].is_array()) continue;
    spoilt[place.parent_pointer()].erase(place.back());
    spoilt[place.parent_pointer()]["unknown"] = value;
    lines += spoilt.dump() + "\n";
    const std::string parent =
        pointer.rfind('/') == 0 ? "" : place.parent_pointer().to_string().substr(11);
    expected += fmt::format("{0} additionalProperties; {0} required\n", parent);
  }
  EXPECT_GT(std::count(lines.begin(), lines.end(), '\n'), 30);
  EXPECT_EQ(Validate(lines), expected);
}

}  // namespace
}  // namespace conform
