#include "mock/fault.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/nearest_name.h"
#include "mock/fault_tables.h"

namespace conform {

const std::vector<Fault>& FaultCatalogue() {
  static const std::vector<Fault> kCatalogue = Joined(
      {AnswerFaults(), ServiceFaults(), ResourceFaults(), WireLineFaults(), WireFramingFaults()});
  return kCatalogue;
}

std::vector<Fault> Joined(std::initializer_list<std::vector<Fault>> groups) {
  std::vector<Fault> all;
  for (const std::vector<Fault>& group : groups) all.insert(all.end(), group.begin(), group.end());
  return all;
}

const Fault* FindFault(std::string_view name) {
  const std::vector<Fault>& all = FaultCatalogue();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [name](const Fault& fault) { return fault.name == name; });
  return found == all.end() ? nullptr : &*found;
}

Expected<Faults> Faults::Plant(const std::set<std::string, std::less<>>& names) {
  Faults planted;
  for (const std::string& name : names) {
    const Fault* fault = FindFault(name);
    if (fault == nullptr) {
      std::vector<std::string_view> known;
      for (const Fault& each : FaultCatalogue()) known.push_back(each.name);
      const std::string nearest = DidYouMean(name, known);
      return Fail(fmt::format("the mock has no fault '{}': {}", name,
                              nearest.empty() ? "--list-faults lists those it has" : nearest));
    }
    if (const auto* lapse = std::get_if<Lapse>(&fault->effect)) {
      planted.lapses_.set(static_cast<std::size_t>(*lapse));
    } else if (const auto* change = std::get_if<AnswerChange>(&fault->effect)) {
      planted.answer_changes_.push_back(*change);
    } else if (const auto* wire = std::get_if<WireChange>(&fault->effect)) {
      planted.wire_changes_.push_back(*wire);
    }
  }
  return planted;
}

void Faults::Spoil(Answer& answer, const MockRequest& request) const {
  for (const AnswerChange change : answer_changes_) change(answer, request);
}

void Faults::Spoil(WireAnswer& answer) const {
  for (const WireChange change : wire_changes_) change(answer);
}

}  // namespace conform
