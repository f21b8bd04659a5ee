#include "report/mock_text.h"

#include <fmt/format.h>

#include "base/utf8.h"

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
  if (!header.mock) return kByService;
  return header.target == kEmbeddedMock ? kByMock : kByLocalServer;
}

}  // namespace

std::string DescribeMockRun(const RunHeader& header) {
  if (header.target == kEmbeddedMock) {
    return "The target was a mock: a pass proves the harness, not the service.";
  }
  return fmt::format(
      "The target was {}, on this machine: a pass says nothing of a service elsewhere.",
      ShowLine(header.target));
}

std::string_view TargetNoun(const RunHeader& header) { return AnswererOf(header).noun; }

std::string_view DescribeProof(const RunHeader& header) { return AnswererOf(header).proof; }

std::string_view WhatItProves(const RunHeader& header) { return AnswererOf(header).proves; }

std::string_view StampOfMock(const RunHeader& header) { return AnswererOf(header).stamp; }

std::string MarkOfMock(const RunHeader& header) {
  return header.mock ? fmt::format(" ({})", StampOfMock(header)) : "";
}

}  // namespace conform
