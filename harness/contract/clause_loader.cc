#include "contract/clause_loader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/nearest_name.h"
#include "contract/clause_source_loader.h"
#include "contract/spelling.h"

namespace conform {
namespace {

constexpr SpellingRule kIdSpelling = {
    IsClauseId, "a clause id",
    "use words of lower-case letters, digits and underscores, joined by dots, e.g. "
    "sync.response.204"};

constexpr std::array kBinds = {
    NamedValue<Binds>{"service", Binds::kService}, NamedValue<Binds>{"client", Binds::kClient},
    NamedValue<Binds>{"tenant", Binds::kTenant}, NamedValue<Binds>{"nobody", Binds::kNobody}};

constexpr std::array kStrengths = {NamedValue<Strength>{"must", Strength::kMust},
                                   NamedValue<Strength>{"should", Strength::kShould},
                                   NamedValue<Strength>{"observe", Strength::kObserve}};

/// Clauses that bind nobody are never judged; only clauses that are judged can be untested.
void CheckWeight(const YamlContext& context, MapReader& reader, const Clause& clause) {
  if (clause.binds == Binds::kNobody && clause.strength != Strength::kObserve) {
    context.Complain(
        reader.Find("strength")->value.span,
        fmt::format("a clause that binds nobody cannot be a {}", NameOf(clause.strength)),
        "write `strength: observe`, or say whom it binds");
  }
  const YamlEntry* untested = reader.Find("untested");
  if (untested != nullptr && !IsJudged(clause)) {
    context.Complain(untested->key_span, "no test would judge this clause in any case",
                     "take `untested` out: it is for clauses of must or should that bind the "
                     "service");
  }
}

/// The clauses' abouts as they are read: which facts lack one.
struct Coverage {
  const FactList& facts;
  std::set<std::string> covered;
};

std::string LoadAbout(const YamlContext& context, MapReader& reader, Coverage& coverage) {
  std::string about = RequireSpelled(context, reader, "about", kLineSpelling);
  if (about.empty() || coverage.facts.Has(about)) return about;
  const auto names = coverage.facts.Names();
  const std::string near{NearestName(about, names)};
  // The fact it probably meant is not told to lack a clause as well.
  if (!near.empty()) coverage.covered.insert(near);
  context.Complain(reader.Find("about")->value.span,
                   fmt::format("the contract states no '{}'", about),
                   near.empty() ? "name a fact that stands in this file, e.g. method, "
                                  "headers.Accept, responses.204, notes.1"
                                : DidYouMean(about, names));
  return "";
}

/// `the service`, …, `nobody`.
std::string Phrase(Binds binds) {
  return fmt::format("{}{}", binds == Binds::kNobody ? "" : "the ", NameOf(binds));
}

/// A fact fixes whom its clause binds; any fact may have observations beside it.
void CheckBinds(const YamlContext& context, MapReader& reader, const Clause& clause,
                Coverage& coverage) {
  const std::vector<Binds> allowed = AllowedBinds(clause.about);
  const bool fits = std::find(allowed.begin(), allowed.end(), clause.binds) != allowed.end();
  if (fits || clause.binds != Binds::kNobody) coverage.covered.insert(clause.about);
  if (fits || clause.binds == Binds::kNobody) return;
  context.Complain(reader.Find("binds")->value.span,
                   fmt::format("a clause about {} binds {}, not {}", clause.about,
                               Phrase(allowed.front()), Phrase(clause.binds)),
                   fmt::format("write `binds: {}`", NameOf(allowed.front())));
}

Clause LoadClause(const YamlContext& context, const YamlNode& item, Coverage& coverage) {
  MapReader reader(context, item, "a clause", item.span);
  Clause clause = LoadClauseCore(context, reader);
  clause.about = LoadAbout(context, reader, coverage);
  if (!clause.about.empty()) {
    const YamlEntry* binds = reader.Find("binds");
    const bool is_read = binds != nullptr && binds->value.scalar == NameOf(clause.binds);
    if (is_read) {
      CheckBinds(context, reader, clause, coverage);
    } else {
      coverage.covered.insert(clause.about);  // Told already what is wrong with it.
    }
  }
  if (const YamlEntry* source = reader.Require("source")) {
    clause.source = LoadPagePlace(context, *source);
  }
  reader.Finish();
  return clause;
}

void CheckCoverage(const YamlContext& context, const Coverage& coverage) {
  for (const Fact& fact : coverage.facts.facts()) {
    if (coverage.covered.count(fact.name) > 0) continue;
    const Binds binds = AllowedBinds(fact.name).front();
    context.Complain(fact.span,
                     fmt::format("no clause about {} binds {}", fact.name, Phrase(binds)),
                     fmt::format("every fact has its clause: add one with `about: {}` and "
                                 "`binds: {}`",
                                 fact.name, NameOf(binds)));
  }
}

}  // namespace

Clause LoadClauseCore(const YamlContext& context, MapReader& reader) {
  Clause clause;
  clause.id = RequireSpelled(context, reader, "id", kIdSpelling);
  if (const YamlEntry* id = reader.Find("id")) clause.span = BlameSpan(*id);
  std::optional<Binds> binds;
  std::optional<Strength> strength;
  if (reader.Require("binds") != nullptr) binds = reader.OneOf<Binds>("binds", kBinds);
  if (reader.Require("strength") != nullptr) {
    strength = reader.OneOf<Strength>("strength", kStrengths);
  }
  clause.says = RequireSpelled(context, reader, "says", kLineSpelling);
  if (reader.Find("untested") != nullptr) {
    clause.untested = RequireSpelled(context, reader, "untested", kLineSpelling);
  }
  clause.binds = binds.value_or(Binds::kService);
  clause.strength = strength.value_or(Strength::kMust);
  if (binds.has_value() && strength.has_value()) CheckWeight(context, reader, clause);
  return clause;
}

void CheckUniqueIds(const YamlContext& context, const std::vector<const Clause*>& clauses) {
  std::map<std::string_view, int> lines;
  for (const Clause* clause : clauses) {
    if (clause->id.empty()) continue;
    const auto [first, fresh] = lines.emplace(clause->id, clause->span.line);
    if (fresh) continue;
    context.Complain(clause->span,
                     fmt::format("clause id '{}' is taken by line {}", clause->id, first->second));
  }
}

std::vector<Clause> LoadClauses(const YamlContext& context, const YamlEntry& entry,
                                const FactList& facts) {
  std::vector<Clause> clauses;
  if (entry.value.kind != YamlNode::Kind::kSequence) {
    context.Complain(BlameSpan(entry),
                     fmt::format("clauses is {}, not a list", DescribeKind(entry.value)),
                     "write a list of {id, about, binds, strength, says, source}");
    return clauses;
  }
  Coverage coverage{facts, {}};
  for (const YamlNode& item : entry.value.items) {
    clauses.push_back(LoadClause(context, item, coverage));
  }
  std::vector<const Clause*> pointers;
  pointers.reserve(clauses.size());
  for (const Clause& clause : clauses) pointers.push_back(&clause);
  CheckUniqueIds(context, pointers);
  CheckCoverage(context, coverage);
  return clauses;
}

}  // namespace conform
