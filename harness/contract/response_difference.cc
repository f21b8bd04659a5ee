#include <fmt/format.h>

#include <algorithm>

#include "base/duration.h"
#include "contract/fact_difference.h"
#include "contract/schema_difference.h"

namespace conform {
namespace {

const MediaContent* FindMedia(const std::vector<MediaContent>& contents, const std::string& type) {
  for (const MediaContent& each : contents) {
    if (each.media_type == type) return &each;
  }
  return nullptr;
}

std::string TextOf(const Condition& when) {
  switch (when.kind) {
    case Condition::Kind::kWhile:
      return "while " + when.state;
    case Condition::Kind::kWithin:
      return fmt::format("within {} of a success", FormatDuration(when.window));
    case Condition::Kind::kStated:
      return "if " + when.state;
    case Condition::Kind::kSuccess:
      break;
  }
  return "on success";
}

std::string AboutOf(const ResponseRule& rule) { return fmt::format("responses.{}", rule.status); }

bool Same(const Condition& a, const Condition& b) {
  return a.kind == b.kind && a.state == b.state && a.window == b.window;
}

void CompareConditions(const ResponseRule& was, const ResponseRule& is, ChangeList& changes) {
  if (Same(was.when, is.when)) return;
  ChangeKind kind = ChangeKind::kUnclassified;
  if (was.when.kind == Condition::Kind::kWithin && is.when.kind == Condition::Kind::kWithin) {
    kind = is.when.window > was.when.window ? ChangeKind::kBreaking : ChangeKind::kWidening;
  }
  changes.Add(kind, AboutOf(is), fmt::format("{} has another condition", is.status),
              TextOf(was.when), TextOf(is.when));
}

const ResponseRule* FindSuccess(const Contract& contract) {
  for (const ResponseRule& each : contract.responses) {
    if (each.when.kind == Condition::Kind::kSuccess) return &each;
  }
  return nullptr;
}

void CompareSuccess(const ResponseRule& was, const ResponseRule& is, ChangeList& changes) {
  if (was.status != is.status) {
    changes.Add(ChangeKind::kBreaking, AboutOf(is),
                fmt::format("a successful call is answered {} now", is.status),
                std::to_string(was.status), std::to_string(is.status));
  }
  CompareContents(was.content, is.content, /*to_client=*/true, AboutOf(is), changes);
}

/// Which of two answers comes first where both apply.
void CompareOrder(const Contract& before, const Contract& now, ChangeList& changes) {
  const auto common = [](const Contract& contract, const Contract& other) {
    std::string order;
    for (const ResponseRule& each : contract.responses) {
      if (other.FindResponse(each.status) != nullptr)
        order += fmt::format("{}{}", order.empty() ? "" : ", ", each.status);
    }
    return order;
  };
  const std::string was = common(before, now);
  const std::string is = common(now, before);
  if (was == is) return;
  changes.Add(ChangeKind::kUnclassified, "responses", "the answers are tried in another order", was,
              is);
}

void AddContentChange(bool to_client, bool gone, const std::string& type, const std::string& about,
                      ChangeList& changes) {
  if (gone) {
    return changes.Add(ChangeKind::kBreaking, about,
                       fmt::format("{} is documented no longer", type), type);
  }
  changes.Add(to_client ? ChangeKind::kAnswerToHandle : ChangeKind::kWidening, about,
              fmt::format("{} is documented too", type), "", type);
}

}  // namespace

void CompareContents(const std::vector<MediaContent>& before, const std::vector<MediaContent>& now,
                     bool to_client, const std::string& about, ChangeList& changes) {
  const Direction direction = to_client ? Direction::kToClient : Direction::kToService;
  for (const MediaContent& was : before) {
    const MediaContent* is = FindMedia(now, was.media_type);
    if (is == nullptr) {
      AddContentChange(to_client, /*gone=*/true, was.media_type, about, changes);
      continue;
    }
    for (const SchemaChange& each : CompareSchemas(was.schema, is->schema, direction)) {
      changes.Add(each.kind, about,
                  fmt::format("{}{}{} {}", was.media_type, each.pointer.empty() ? "" : " ",
                              each.pointer, each.says),
                  each.before, each.now);
    }
    if (was.example != is->example) {
      changes.Add(ChangeKind::kEditorial, about,
                  fmt::format("{} has another example", was.media_type));
    }
  }
  for (const MediaContent& is : now) {
    if (FindMedia(before, is.media_type) != nullptr) continue;
    AddContentChange(to_client, /*gone=*/false, is.media_type, about, changes);
  }
}

void CompareResponseFacts(const Contract& before, const Contract& now, ChangeList& changes) {
  const ResponseRule* old_success = FindSuccess(before);
  const ResponseRule* success = FindSuccess(now);
  if (old_success != nullptr && success != nullptr) CompareSuccess(*old_success, *success, changes);
  for (const ResponseRule& was : before.responses) {
    if (&was == old_success) continue;
    const ResponseRule* is = now.FindResponse(was.status);
    if (is == nullptr) {
      changes.Add(ChangeKind::kWidening, AboutOf(was),
                  fmt::format("{} is documented no longer", was.status), TextOf(was.when));
    } else if (is != success) {
      CompareConditions(was, *is, changes);
      CompareContents(was.content, is->content, /*to_client=*/true, AboutOf(*is), changes);
    }
  }
  for (const ResponseRule& is : now.responses) {
    if (&is == success || before.FindResponse(is.status) != nullptr) continue;
    changes.Add(ChangeKind::kAnswerToHandle, AboutOf(is),
                fmt::format("a call may be answered {}", is.status), "", TextOf(is.when));
  }
  CompareOrder(before, now, changes);
}

}  // namespace conform
