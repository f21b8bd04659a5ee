#include "report/mock_text.h"

#include <fmt/format.h>

#include "base/utf8.h"

namespace conform {

std::string DescribeMockRun(const RunHeader& header) {
  if (header.target == kEmbeddedMock) {
    return "The target was a mock: a pass proves the harness, not the service.";
  }
  return fmt::format(
      "The target was {}, on this machine: a pass says nothing of a service elsewhere.",
      ShowLine(header.target));
}

std::string_view StampOfMock(const RunHeader& header) {
  if (!header.mock) return "";
  return header.target == kEmbeddedMock ? "MOCK RUN" : "LOCAL RUN";
}

std::string MarkOfMock(const RunHeader& header) {
  return header.mock ? fmt::format(" ({})", StampOfMock(header)) : "";
}

}  // namespace conform
