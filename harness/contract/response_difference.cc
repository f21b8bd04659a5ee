#include <fmt/format.h>

#include <algorithm>

#include "base/http_text.h"
#include "contract/condition_text.h"
#include "contract/fact_difference.h"
#include "contract/schema_difference.h"

namespace conform {
namespace {

const MediaContent* FindMedia(const std::vector<MediaContent>& contents, const std::string& type) {
  for (const MediaContent& each : contents) {
    if (SameFieldName(each.media_type, type)) return &each;  // of either the case does not count
  }
  return nullptr;
}

const ResponseHeader* FindField(const ResponseRule& rule, const std::string& name) {
  for (const ResponseHeader& each : rule.headers) {
    if (SameFieldName(each.name, name)) return &each;
  }
  return nullptr;
}

bool Same(const Condition& a, const Condition& b) {
  return a.kind == b.kind && a.state == b.state && a.window == b.window;
}

void CompareConditions(const ResponseRule& was, const ResponseRule& is, ChangeList& changes) {
  if (Same(was.when, is.when)) return;
  ChangeKind kind = ChangeKind::kUnclassified;
  if (was.when.kind == Condition::Kind::kWithin && is.when.kind == Condition::Kind::kWithin) {
    kind = is.when.window > was.when.window ? ChangeKind::kBreaking : ChangeKind::kWidening;
  }
  changes.Add(kind, AboutOf(is), fmt::format("{} has another condition", NameOf(is)),
              TextOf(was.when), TextOf(is.when));
}

const ResponseRule* FindSuccess(const Contract& contract) {
  for (const ResponseRule& each : contract.responses) {
    if (each.when.kind == Condition::Kind::kSuccess) return &each;
  }
  return nullptr;
}

/// A field that a client may count on is promised to it.
void CompareHeaders(const ResponseRule& was, const ResponseRule& is, ChangeList& changes) {
  for (const ResponseHeader& before : was.headers) {
    const ResponseHeader* now = FindField(is, before.name);
    const std::string field = "header " + before.name;
    if (now == nullptr) {
      changes.Add(ChangeKind::kBreaking, AboutOf(is), field + " is documented no longer",
                  before.name);
      continue;
    }
    if (before.required != now->required) {
      changes.Add(now->required ? ChangeKind::kWidening : ChangeKind::kBreaking, AboutOf(is),
                  field + (now->required ? " is always there now" : " may be missing now"));
    }
    for (const SchemaChange& each :
         CompareSchemas(before.schema, now->schema, Direction::kToClient)) {
      changes.Add(each.kind, AboutOf(is), fmt::format("{} {} {}", field, each.pointer, each.says),
                  each.before, each.now);
    }
  }
  for (const ResponseHeader& now : is.headers) {
    if (FindField(was, now.name) != nullptr) continue;
    changes.Add(ChangeKind::kWidening, AboutOf(is), "header " + now.name + " is documented too", "",
                now.name);
  }
}

void CompareAnswers(const ResponseRule& was, const ResponseRule& is, ChangeList& changes) {
  CompareContents(was.content, is.content, /*to_client=*/true, AboutOf(is), changes);
  CompareHeaders(was, is, changes);
}

void CompareSuccess(const ResponseRule& was, const ResponseRule& is, ChangeList& changes) {
  if (was.status != is.status) {
    changes.Add(ChangeKind::kBreaking, AboutOf(is),
                fmt::format("a successful call is answered {} now", is.status),
                std::to_string(was.status), std::to_string(is.status));
  }
  CompareAnswers(was, is, changes);
}

/// Which of two answers comes first where both apply.
void CompareOrder(const Contract& before, const Contract& now, ChangeList& changes) {
  const auto common = [](const Contract& contract, const Contract& other) {
    std::string order;
    for (const ResponseRule& each : contract.responses) {
      if (other.FindResponse(NameOf(each)) != nullptr)
        order += fmt::format("{}{}", order.empty() ? "" : ", ", NameOf(each));
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
    const ResponseRule* is = now.FindResponse(NameOf(was));
    if (is == nullptr) {
      changes.Add(ChangeKind::kWidening, AboutOf(was),
                  fmt::format("{} is documented no longer", NameOf(was)), TextOf(was.when));
    } else if (is != success) {
      CompareConditions(was, *is, changes);
      CompareAnswers(was, *is, changes);
    }
  }
  for (const ResponseRule& is : now.responses) {
    if (&is == success || before.FindResponse(NameOf(is)) != nullptr) continue;
    changes.Add(ChangeKind::kAnswerToHandle, AboutOf(is),
                fmt::format("a call may be answered {}", NameOf(is)), "", TextOf(is.when));
  }
  CompareOrder(before, now, changes);
}

}  // namespace conform
