#include "report/mock_text.h"

#include <fmt/format.h>

#include "base/origin.h"
#include "base/utf8.h"
#include "record/coverage.h"
#include "report/shared_cause.h"

namespace conform {
namespace {

struct Answerer {
  std::string_view stamp;
  std::string_view noun;
  std::string_view proof;
  std::string_view proves;
};

constexpr Answerer kByService = {"", "the service", "the service answered", "the service"};
constexpr Answerer kByMock = {"MOCK RUN", "the mock",
                              "a mock answered, which proves the harness, not the service",
                              "the harness (a mock answered)"};
constexpr Answerer kByLocalServer = {
    "LOCAL RUN", "the server on this machine",
    "a server on this machine answered, which proves nothing of a service elsewhere",
    "nothing of a service elsewhere (a server on this machine answered)"};

const Answerer& AnswererOf(const RunHeader& header) {
  if (header.mock && header.target == kEmbeddedMock) return kByMock;
  const auto origin = ParseOrigin(header.target);
  const bool local = header.mock || (origin && IsLoopback(*origin));
  return local ? kByLocalServer : kByService;
}

}  // namespace

bool AsksTheService(const RunHeader& header) { return AnswererOf(header).stamp.empty(); }

std::string DescribeMockRun(const RunHeader& header) {
  if (header.target == kEmbeddedMock) {
    return "The target was a mock: a pass proves the harness, not the service.";
  }
  return fmt::format(
      "The target was {}, on this machine: a pass says nothing of a service elsewhere.",
      ShowLine(header.target));
}

std::string_view TargetNoun(const RunHeader& header) { return AnswererOf(header).noun; }

std::string_view DescribeProof(const RunRecord& record) {
  if (!WasAnswered(record)) return "nobody answered, which proves nothing";
  return AnswererOf(record.header).proof;
}

std::string_view WhatItProves(const RunRecord& record) {
  if (!WasAnswered(record)) return "nothing (nobody answered)";
  if (!JudgesContractClause(record)) return "nothing (no clause of a contract was judged)";
  return AnswererOf(record.header).proves;
}

std::string_view StampOfMock(const RunHeader& header) { return AnswererOf(header).stamp; }

std::string MarkOfMock(const RunHeader& header) {
  return AsksTheService(header) ? "" : fmt::format(" ({})", StampOfMock(header));
}

}  // namespace conform
