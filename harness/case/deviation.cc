#include "case/deviation.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/date.h"
#include "base/map_reader.h"

namespace conform {
namespace {

void LoadProfiles(MapReader& reader, const YamlContext& context, Deviation& deviation) {
  const YamlEntry* entry = reader.Require("profiles");
  if (entry == nullptr) return;
  deviation.profiles = reader.Texts("profiles");
  const auto& names = deviation.profiles;
  if (entry->value.kind == YamlNode::Kind::kSequence && entry->value.items.empty()) {
    context.Complain(BlameSpan(*entry), "'profiles' names none",
                     "name those in which it is accepted");
  } else if (std::find(names.begin(), names.end(), "") != names.end()) {
    context.Complain(BlameSpan(*entry), "an item of 'profiles' is empty");
  }
}

void LoadDeviation(const YamlNode& node, const YamlContext& context, Deviations& loaded) {
  MapReader reader(context, node, "a deviation", node.span);
  if (!reader.valid()) return;
  Deviation deviation;
  deviation.span = node.span;
  deviation.place =
      fmt::format("{}:{}:{}", context.source.path(), node.span.line, node.span.column);
  deviation.clause = reader.RequireText("clause").value_or("");
  if (const YamlEntry* named = reader.Require("case")) {
    deviation.case_id = reader.Text("case").value_or("");
    deviation.case_span = BlameSpan(*named);
  }
  LoadProfiles(reader, context, deviation);
  deviation.subject = reader.Text("subject").value_or("");
  if (const YamlEntry* subject = reader.Find("subject");
      subject != nullptr && deviation.subject.empty()) {
    context.Complain(BlameSpan(*subject), "'subject' is empty");
  }
  deviation.actual = reader.Text("actual").value_or("");
  if (deviation.actual.empty() && deviation.subject.empty()) {
    context.Complain(node.span, "a deviation must have 'actual' or 'subject'",
                     "write what is accepted as the finding tells it, or where any value is: "
                     "subject: body/value/*/id");
  }
  deviation.reason = reader.RequireText("reason").value_or("");
  deviation.approver = reader.RequireText("approver").value_or("");
  deviation.issue = reader.RequireText("issue").value_or("");
  if (const auto review = reader.RequireText("review")) {
    const auto day = ParseDate(*review);
    if (day) {
      deviation.review = *day;
    } else {
      context.Complain(reader.Find("review")->value.span, fmt::format("'{}' is no day", *review),
                       "write YYYY-MM-DD");
    }
  }
  reader.Finish();
  loaded.items.push_back(std::move(deviation));
}

}  // namespace

bool NamesTest(std::string_view named, std::string_view case_id, std::string_view row) {
  if (named == "*" || named == case_id) return true;
  return !row.empty() && named.size() == case_id.size() + 1 + row.size() &&
         named.starts_with(case_id) && named[case_id.size()] == '/' && named.ends_with(row);
}

Deviations LoadDeviations(const std::shared_ptr<const SourceText>& source,
                          Diagnostics& diagnostics) {
  Deviations loaded;
  loaded.source = source;
  const std::optional<YamlNode> root = ParseYaml(*source, diagnostics);
  if (!root) return loaded;
  const YamlContext context{*source, diagnostics};
  if (root->kind != YamlNode::Kind::kSequence) {
    context.Complain(root->span,
                     fmt::format("deviations must be a list, not {}", DescribeKind(*root)),
                     "write [] where there are none");
    return loaded;
  }
  for (const YamlNode& node : root->items) LoadDeviation(node, context, loaded);
  return loaded;
}

}  // namespace conform
