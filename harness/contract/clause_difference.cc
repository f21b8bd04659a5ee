#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/ascii.h"
#include "contract/fact_difference.h"

namespace conform {
namespace {

/// How much a clause gives a client to count on, and how much it asks of it.
struct Weights {
  int promise = 0;
  int demand = 0;
};

Weights WeightsOf(const Clause* clause) {
  if (clause == nullptr || clause->binds == Binds::kNobody) return {};
  const int weight = clause->strength == Strength::kMust     ? 2
                     : clause->strength == Strength::kShould ? 1
                                                             : 0;
  return clause->binds == Binds::kService ? Weights{weight, 0} : Weights{0, weight};
}

std::string Weight(const Clause& clause) {
  return fmt::format("{}, binding {}{},", NameOf(clause.strength),
                     clause.binds == Binds::kNobody ? "" : "the ", NameOf(clause.binds));
}

ChangeKind KindOf(const Weights& was, const Weights& is) {
  if (is.promise < was.promise || is.demand > was.demand) return ChangeKind::kBreaking;
  if (is.promise > was.promise || is.demand < was.demand) return ChangeKind::kWidening;
  return ChangeKind::kEditorial;
}

using Pair = std::pair<const Clause*, const Clause*>;  // either may be null

std::vector<const Clause*> About(const Contract& contract, const std::string& fact) {
  std::vector<const Clause*> clauses;
  for (const Clause& each : contract.clauses) {
    if (each.about == fact) clauses.push_back(&each);
  }
  return clauses;
}

/// Takes out of `before` and `now` what belongs together by `same`.
template <typename Same>
void PairBy(std::vector<const Clause*>& before, std::vector<const Clause*>& now,
            std::vector<Pair>& pairs, const Same& same) {
  for (const Clause*& was : before) {
    const auto found = std::find_if(now.begin(), now.end(), [&](const Clause* is) {
      return is != nullptr && was != nullptr && same(*was, *is);
    });
    if (found == now.end()) continue;
    pairs.emplace_back(was, *found);
    was = nullptr;
    *found = nullptr;
  }
}

/// Of one fact: by id, else by what they cite, else by whom they bind.
std::vector<Pair> PairClauses(std::vector<const Clause*> before, std::vector<const Clause*> now) {
  std::vector<Pair> pairs;
  PairBy(before, now, pairs, [](const Clause& a, const Clause& b) { return a.id == b.id; });
  PairBy(before, now, pairs, [](const Clause& a, const Clause& b) {
    return a.source.fingerprint == b.source.fingerprint && a.binds == b.binds;
  });
  PairBy(before, now, pairs, [](const Clause& a, const Clause& b) { return a.binds == b.binds; });
  for (const Clause* was : before) {
    if (was != nullptr) pairs.emplace_back(was, nullptr);
  }
  for (const Clause* is : now) {
    if (is != nullptr) pairs.emplace_back(nullptr, is);
  }
  return pairs;
}

/// An API description that lies under another name is the same: there the pointer is the place.
bool SamePlace(const ClauseSource& a, const ClauseSource& b) {
  const bool described = !a.pointer.empty() && !b.pointer.empty();
  return a.heading == b.heading && a.sentences == b.sentences && a.lines == b.lines &&
         (described || a.document == b.document) && a.section == b.section &&
         a.pointer == b.pointer;
}

class ClauseComparison {
 public:
  ClauseComparison(const Contract& before, const Contract& now, ChangeList& changes)
      : before_(before), now_(now), changes_(changes) {}

  void Compare() {
    CompareNotes();
    std::set<std::string> told;
    for (const Contract* contract : {&before_, &now_}) {
      for (const Clause& clause : contract->clauses) {
        if (clause.about.starts_with("notes.") || !told.insert(clause.about).second) continue;
        CompareFact(clause.about);
      }
    }
    if (moved_.empty()) return;
    changes_.Add(ChangeKind::kEditorial, "clauses",
                 fmt::format("{} {} the same and stand{} elsewhere on the page", moved_.size(),
                             moved_.size() == 1 ? "clause says" : "clauses say",
                             moved_.size() == 1 ? "s" : ""),
                 "", Join(moved_));
  }

 private:
  static std::string Join(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
  }

  void CompareFact(const std::string& fact) {
    const bool fact_changed = changes_.Tells(fact);
    bool first = true;
    for (const auto& [was, is] : PairClauses(About(before_, fact), About(now_, fact))) {
      const bool whole = first && fact != "effect";
      if (was != nullptr && is != nullptr) {
        ComparePair(*was, *is, fact, fact_changed, whole);
        first = first && (was->binds == Binds::kNobody);
      } else if (!fact_changed) {
        const Clause& only = was != nullptr ? *was : *is;
        changes_.Add(KindOf(WeightsOf(was), WeightsOf(is)), fact,
                     fmt::format("{} is {}", only.id, was != nullptr ? "gone" : "new"),
                     was != nullptr ? was->says : "", is != nullptr ? is->says : "");
      }
    }
  }

  /// `whole`: the structured fact says all that the clause does.
  void ComparePair(const Clause& was, const Clause& is, const std::string& fact, bool fact_changed,
                   bool whole) {
    const bool reworded = was.source.fingerprint != is.source.fingerprint;
    if (was.binds != is.binds || was.strength != is.strength) {
      changes_.Add(KindOf(WeightsOf(&was), WeightsOf(&is)), fact,
                   fmt::format("{} was {} and is {} now", is.id, Weight(was), Weight(is)), was.says,
                   is.says);
    } else if (fact_changed) {
      return;  // Its words are told with the fact.
    } else if (reworded) {
      const bool harmless = whole || is.binds == Binds::kNobody || was.says == is.says;
      changes_.Add(harmless ? ChangeKind::kEditorial : ChangeKind::kUnclassified, fact,
                   fmt::format("the page says {} in other words", is.id), was.says, is.says);
    } else if (was.says != is.says || was.untested != is.untested) {
      changes_.Add(ChangeKind::kEditorial, fact,
                   fmt::format("{} is told in other words of ours", is.id), was.says, is.says);
    } else if (was.id != is.id) {
      changes_.Add(ChangeKind::kEditorial, fact, "the clause has another id", was.id, is.id);
    } else if (!SamePlace(was.source, is.source)) {
      moved_.push_back(is.id);
    }
  }

  // --- notes -----------------------------------------------------------------------------------

  static std::set<std::string> WordsOf(const std::string& text) {
    std::set<std::string> words;
    std::string word;
    for (const char c : text + " ") {
      if (c != ' ' && c != '.' && c != ',' && c != ';') {
        word += ToLower(c);
      } else if (!word.empty()) {
        words.insert(std::move(word));
        word.clear();
      }
    }
    return words;
  }

  /// Of all words of both, how many both have: 0 to 1.
  static double Likeness(const std::string& a, const std::string& b) {
    const std::set<std::string> first = WordsOf(a);
    const std::set<std::string> second = WordsOf(b);
    std::size_t common = 0;
    for (const std::string& word : first) common += second.count(word);
    const std::size_t all = first.size() + second.size() - common;
    return all == 0 ? 1 : static_cast<double>(common) / static_cast<double>(all);
  }

  static const Clause* OfNote(const Contract& contract, std::size_t index) {
    const auto clauses = About(contract, fmt::format("notes.{}", index + 1));
    return clauses.empty() ? nullptr : clauses.front();
  }

  bool SameNote(std::size_t i, std::size_t j, int round) const {
    const std::string& was = before_.notes[i];
    const std::string& is = now_.notes[j];
    if (round == 0) return was == is;
    const Clause* old_clause = OfNote(before_, i);
    const Clause* clause = OfNote(now_, j);
    if (round == 1) {
      return old_clause != nullptr && clause != nullptr && old_clause->says == clause->says;
    }
    constexpr double kAlike = 0.4;
    return Likeness(was, is) >= kAlike;
  }

  void CompareNotes() {
    std::map<std::size_t, std::size_t> partner;  // of now's notes: before's
    std::set<std::size_t> taken;
    for (int round = 0; round < 3; ++round) {
      for (std::size_t i = 0; i < before_.notes.size(); ++i) {
        for (std::size_t j = 0; j < now_.notes.size() && taken.count(i) == 0; ++j) {
          if (partner.count(j) == 0 && SameNote(i, j, round)) {
            partner[j] = i;
            taken.insert(i);
          }
        }
      }
    }
    for (std::size_t i = 0; i < before_.notes.size(); ++i) {
      if (taken.count(i) == 0) TellNote(i, "is gone", before_.notes[i], "");
    }
    for (std::size_t j = 0; j < now_.notes.size(); ++j) {
      const auto found = partner.find(j);
      if (found == partner.end()) {
        TellNote(j, "is new", "", now_.notes[j]);
      } else if (before_.notes[found->second] != now_.notes[j]) {
        TellNote(j, "is reworded", before_.notes[found->second], now_.notes[j]);
      } else {
        CompareNoteClauses(found->second, j);
      }
    }
  }

  void TellNote(std::size_t index, const char* what, const std::string& was,
                const std::string& is) {
    changes_.Add(ChangeKind::kEditorial, fmt::format("notes.{}", index + 1),
                 fmt::format("a note {}", what), was, is);
  }

  void CompareNoteClauses(std::size_t i, std::size_t j) {
    const Clause* was = OfNote(before_, i);
    const Clause* is = OfNote(now_, j);
    if (was == nullptr || is == nullptr) return;
    Clause renumbered = *was;  // A note's number is in its clause's id.
    if (i != j) renumbered.id = is->id;
    ComparePair(renumbered, *is, is->about, /*fact_changed=*/false, /*whole=*/true);
  }

  const Contract& before_;
  const Contract& now_;
  ChangeList& changes_;
  std::vector<std::string> moved_;
};

}  // namespace

void CompareClauses(const Contract& before, const Contract& now, ChangeList& changes) {
  ClauseComparison(before, now, changes).Compare();
}

}  // namespace conform
