#include "contract/edition_difference.h"

#include <fmt/format.h>

#include <algorithm>

#include "contract/fact_difference.h"

namespace conform {
namespace {

std::vector<CitedClause> Cited(const Contract& contract, const EditionChange& change, bool before) {
  // A note's number is that of the edition that has it.
  const bool of_before = change.now.empty();
  if (change.about.starts_with("notes.") && before != of_before) return {};
  std::vector<CitedClause> cited;
  for (const Clause& clause : contract.clauses) {
    if (clause.about != change.about) continue;
    cited.push_back({clause.id, clause.says, Describe(clause.source, contract.edition)});
  }
  return cited;
}

void ComparePages(const PageSource& before, const PageSource& now, ChangeList& changes) {
  if (before.title != now.title) {
    changes.Add(ChangeKind::kEditorial, "source.title", "the page has another title", before.title,
                now.title);
  }
  if (before.repository != now.repository || before.locale != now.locale) {
    changes.Add(ChangeKind::kEditorial, "source.repository", "taken from another place or language",
                fmt::format("{}, {}", before.repository, before.locale),
                fmt::format("{}, {}", now.repository, now.locale));
  }
  if (changes.empty() && before.sha256 != now.sha256) {
    changes.Add(ChangeKind::kUnclassified, "source.sha256",
                "the page's bytes differ, and no fact or clause taken from them does",
                before.sha256, now.sha256);
  }
}

}  // namespace

bool ChangeList::Tells(std::string_view about) const {
  return std::any_of(changes_.begin(), changes_.end(),
                     [about](const EditionChange& each) { return each.about == about; });
}

std::vector<EditionChange> CompareEditions(const Contract& before, const Contract& now) {
  ChangeList list;
  CompareRequestFacts(before, now, list);
  CompareResponseFacts(before, now, list);
  CompareClauses(before, now, list);
  ComparePages(before.page, now.page, list);
  std::vector<EditionChange> changes = std::move(list.changes());
  for (EditionChange& change : changes) {
    change.before_clauses = Cited(before, change, /*before=*/true);
    change.now_clauses = Cited(now, change, /*before=*/false);
  }
  std::stable_sort(changes.begin(), changes.end(),
                   [](const EditionChange& a, const EditionChange& b) { return a.kind < b.kind; });
  return changes;
}

}  // namespace conform
