#include "run/difference_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/count_text.h"
#include "base/utf8.h"
#include "report/markdown.h"

namespace conform {
namespace {

using OrderedJson = nlohmann::ordered_json;

constexpr std::size_t kMostShown = 300;  // characters of one side

std::size_t CountKind(const EditionDifference& difference, ChangeKind kind) {
  return static_cast<std::size_t>(
      std::count_if(difference.changes.begin(), difference.changes.end(),
                    [kind](const EditionChange& each) { return each.kind == kind; }));
}

/// `2 breaking, 1 widening`, or `the same`.
std::string Counts(const EditionDifference& difference) {
  std::string text;
  for (const ChangeKind kind : kChangeKinds) {
    const std::size_t count = CountKind(difference, kind);
    if (count == 0) continue;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, NameOf(kind));
  }
  return text.empty() ? "the same" : text;
}

std::string Title(const EditionDifference& difference) {
  const ComparedEdition& before = difference.before;
  const ComparedEdition& now = difference.now;
  if (before.operation == now.operation) {
    return fmt::format("{}: edition {} to {}", now.operation, before.edition, now.edition);
  }
  return fmt::format("{}, edition {}, to {}, edition {}", before.operation, before.edition,
                     now.operation, now.edition);
}

std::string ShownSide(const std::string& side) {
  return side.empty() ? "(nothing)" : ShowLine(side, kMostShown);
}

/// Clauses that both sides tell alike are told once.
void AppendClauses(const std::vector<CitedClause>& clauses, const char* label, std::string& out) {
  for (const CitedClause& each : clauses) {
    out += fmt::format("      {:<7} {}: {}\n              {}\n", label, each.id,
                       ShowLine(each.says), ShowLine(each.source));
    label = "";
  }
}

/// What stands in a table's cell, or in a list.
std::string Escaped(const std::string& text) { return EscapeMarkdown(text, kMostShown); }

OrderedJson JsonOf(const ComparedEdition& edition) {
  return {{"place", edition.place},
          {"operation", edition.operation},
          {"edition", edition.edition},
          {"sha256", edition.sha256}};
}

OrderedJson JsonOf(const std::vector<CitedClause>& clauses) {
  OrderedJson list = OrderedJson::array();
  for (const CitedClause& each : clauses) {
    list.push_back({{"id", each.id}, {"says", each.says}, {"source", each.source}});
  }
  return list;
}

}  // namespace

std::string RenderDifferenceText(const EditionDifference& difference) {
  std::string out = fmt::format("{}\n  before  {}\n  now     {}\n", Title(difference),
                                ShowLine(difference.before.place), ShowLine(difference.now.place));
  for (const ChangeKind kind : kChangeKinds) {
    if (CountKind(difference, kind) == 0) continue;
    out += fmt::format("\n{}\n", NameOf(kind));
    for (const EditionChange& each : difference.changes) {
      if (each.kind != kind) continue;
      out += fmt::format("  {}: {}\n", ShowLine(each.about), ShowLine(each.says, kMostShown));
      if (!each.before.empty() || !each.now.empty()) {
        out += fmt::format("      before  {}\n      now     {}\n", ShownSide(each.before),
                           ShownSide(each.now));
      }
      AppendClauses(each.before_clauses, "was", out);
      AppendClauses(each.now_clauses, "is", out);
    }
  }
  return out + fmt::format("\n{}\n", Counts(difference));
}

std::string RenderDifferenceMarkdown(const EditionDifference& difference) {
  std::string out = fmt::format("# {}\n\n- before: {}\n- now: {}\n- {}\n",
                                Escaped(Title(difference)), Escaped(difference.before.place),
                                Escaped(difference.now.place), Counts(difference));
  for (const ChangeKind kind : kChangeKinds) {
    if (CountKind(difference, kind) == 0) continue;
    out += fmt::format(
        "\n## {}\n\n| fact | what changed | before | now | clauses |\n"
        "|---|---|---|---|---|\n",
        NameOf(kind));
    for (const EditionChange& each : difference.changes) {
      if (each.kind != kind) continue;
      std::string cited;
      for (const auto* clauses : {&each.before_clauses, &each.now_clauses}) {
        for (const CitedClause& clause : *clauses) {
          cited += fmt::format("{}{} ({})", cited.empty() ? "" : "; ", Escaped(clause.id),
                               Escaped(clause.source));
        }
      }
      out += fmt::format("| {} | {} | {} | {} | {} |\n", Escaped(each.about), Escaped(each.says),
                         Escaped(each.before), Escaped(each.now), cited);
    }
  }
  return out;
}

std::string RenderDifferenceJson(const EditionDifference& difference) {
  OrderedJson counts = OrderedJson::object();
  for (const ChangeKind kind : kChangeKinds) counts[NameOf(kind)] = CountKind(difference, kind);
  OrderedJson changes = OrderedJson::array();
  for (const EditionChange& each : difference.changes) {
    changes.push_back({{"kind", NameOf(each.kind)},
                       {"about", each.about},
                       {"says", each.says},
                       {"before", each.before},
                       {"now", each.now},
                       {"before_clauses", JsonOf(each.before_clauses)},
                       {"now_clauses", JsonOf(each.now_clauses)}});
  }
  const OrderedJson json = {{"schema", "conform.diff.v1"},   {"before", JsonOf(difference.before)},
                            {"now", JsonOf(difference.now)}, {"same", difference.changes.empty()},
                            {"counts", std::move(counts)},   {"changes", std::move(changes)}};
  return json.dump(2, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
}

}  // namespace conform
