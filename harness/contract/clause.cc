#include "contract/clause.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace conform {

std::string_view NameOf(Strength strength) {
  switch (strength) {
    case Strength::kMust:
      return "must";
    case Strength::kShould:
      return "should";
    case Strength::kObserve:
      return "observe";
  }
  return "";
}

std::string_view NameOf(Binds binds) {
  switch (binds) {
    case Binds::kService:
      return "service";
    case Binds::kClient:
      return "client";
    case Binds::kTenant:
      return "tenant";
    case Binds::kNobody:
      return "nobody";
  }
  return "";
}

std::string Describe(const ClauseSource& source, std::string_view edition) {
  if (!source.pointer.empty()) {
    return fmt::format("{} {}, {}", source.document, source.version, source.pointer);
  }
  if (!source.document.empty()) {
    const bool numbered =
        !source.section.empty() && source.section[0] >= '0' && source.section[0] <= '9';
    return fmt::format("{}{}{}", source.document, numbered ? " §" : ", ", source.section);
  }
  std::string text = fmt::format("edition {}, {}", edition, source.heading);
  if (!source.sentences.empty()) {
    text += fmt::format(", sentence{} {}", source.sentences.size() > 1 ? "s" : "",
                        fmt::join(source.sentences, ", "));
  }
  if (!source.lines.empty()) {
    text += fmt::format(", line{} {}", source.lines.size() > 1 ? "s" : "",
                        fmt::join(source.lines, ", "));
  }
  return text;
}

bool IsJudged(const Clause& clause) {
  return clause.binds == Binds::kService && clause.strength != Strength::kObserve;
}

}  // namespace conform
