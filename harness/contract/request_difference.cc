#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "contract/fact_difference.h"
#include "contract/path_template.h"
#include "contract/schema_difference.h"

namespace conform {
namespace {

using Texts = std::vector<std::string>;

std::string ListOf(const Texts& texts) { return fmt::format("{}", fmt::join(texts, ", ")); }

/// What only `some` holds, in its order.
Texts Without(const Texts& some, const Texts& others) {
  Texts left;
  for (const std::string& each : some) {
    if (std::find(others.begin(), others.end(), each) == others.end()) left.push_back(each);
  }
  return left;
}

void CompareMaturity(const Contract& before, const Contract& now, ChangeList& changes) {
  if (before.maturity == now.maturity) return;
  const bool ready = now.maturity == "general availability";
  const bool was_ready = before.maturity == "general availability";
  changes.Add(ready       ? ChangeKind::kWidening
              : was_ready ? ChangeKind::kBreaking
                          : ChangeKind::kUnclassified,
              "maturity", fmt::format("the operation is {} now", now.maturity), before.maturity,
              now.maturity);
}

void CompareLicense(const Contract& before, const Contract& now, ChangeList& changes) {
  if (before.license == now.license) return;
  const ChangeKind kind = now.license.empty()      ? ChangeKind::kWidening
                          : before.license.empty() ? ChangeKind::kBreaking
                                                   : ChangeKind::kUnclassified;
  changes.Add(kind, "license",
              now.license.empty() ? "no licence is asked for any longer"
                                  : fmt::format("the tenant needs {} now", now.license),
              before.license, now.license);
}

void CompareClouds(const Contract& before, const Contract& now, ChangeList& changes) {
  const std::string was = ListOf(before.clouds);
  const std::string is = ListOf(now.clouds);
  if (before.clouds == now.clouds) return;
  if (before.clouds.empty()) {
    return changes.Add(ChangeKind::kWidening, "clouds",
                       "the national clouds that have the operation are named now", was, is);
  }
  if (now.clouds.empty()) {
    return changes.Add(ChangeKind::kUnclassified, "clouds",
                       "the national clouds that have the operation are named no longer", was, is);
  }
  const Texts gone = Without(before.clouds, now.clouds);
  const Texts fresh = Without(now.clouds, before.clouds);
  if (!gone.empty()) {
    changes.Add(ChangeKind::kBreaking, "clouds",
                fmt::format("no longer available in {}", ListOf(gone)), was, is);
  }
  if (!fresh.empty()) {
    changes.Add(ChangeKind::kWidening, "clouds", fmt::format("also available in {}", ListOf(fresh)),
                was, is);
  }
  if (gone.empty() && fresh.empty()) {
    changes.Add(ChangeKind::kEditorial, "clouds", "named in another order", was, is);
  }
}

/// `/things/{id}` and `/things/{thing-id}` are one address.
std::string WithoutNames(const std::string& path) {
  std::string shape = path;
  for (const std::string& name : PlaceholdersOf(path)) {
    const std::string braced = "{" + name + "}";
    shape.replace(shape.find(braced), braced.size(), "{}");
  }
  return shape;
}

Texts Shapes(const Texts& paths) {
  Texts shapes;
  for (const std::string& path : paths) shapes.push_back(WithoutNames(path));
  return shapes;
}

void CompareAddress(const Contract& before, const Contract& now, ChangeList& changes) {
  if (before.server != now.server) {
    changes.Add(ChangeKind::kBreaking, "server", "the operation is served elsewhere", before.server,
                now.server);
  }
  if (before.method != now.method) {
    changes.Add(ChangeKind::kBreaking, "method",
                fmt::format("the operation is called with {}", now.method), before.method,
                now.method);
  }
  if (before.paths == now.paths) return;
  const std::string was = ListOf(before.paths);
  const std::string is = ListOf(now.paths);
  const Texts gone = Without(Shapes(before.paths), Shapes(now.paths));
  const Texts fresh = Without(Shapes(now.paths), Shapes(before.paths));
  if (!gone.empty()) {
    changes.Add(ChangeKind::kBreaking, "path", "a path is documented no longer", was, is);
  } else if (!fresh.empty()) {
    changes.Add(ChangeKind::kWidening, "path", "the operation has another path besides", was, is);
  } else {
    changes.Add(ChangeKind::kEditorial, "path", "the paths are written otherwise", was, is);
  }
}

std::string Presence(bool required) { return required ? "required" : "may be left out"; }

void CompareSchemaFact(const nlohmann::json& before, const nlohmann::json& now,
                       const std::string& about, ChangeList& changes) {
  for (const SchemaChange& each : CompareSchemas(before, now, Direction::kToService)) {
    changes.Add(each.kind, about,
                each.pointer.empty() ? "its value: " + each.says : each.pointer + " " + each.says,
                each.before, each.now);
  }
}

/// Required or not, at both ends.
void ComparePresence(bool was, bool is, const std::string& about, ChangeList& changes) {
  if (was == is) return;
  changes.Add(is ? ChangeKind::kBreaking : ChangeKind::kWidening, about,
              is ? "is required now" : "may be left out now", Presence(was), Presence(is));
}

void CompareParameters(const Contract& before, const Contract& now, ChangeList& changes) {
  const bool same_paths = Shapes(before.paths) == Shapes(now.paths);
  for (const Parameter& was : before.parameters) {
    const std::string about = "parameters." + was.name;
    const Parameter* is = now.FindParameter(was.name);
    const bool in_path = was.in == Parameter::In::kPath;
    if (is == nullptr) {
      changes.Add(in_path && same_paths ? ChangeKind::kEditorial : ChangeKind::kBreaking, about,
                  "is documented no longer", Presence(was.required));
      continue;
    }
    if (was.in != is->in) {
      changes.Add(ChangeKind::kBreaking, about, "stands elsewhere in the request",
                  std::string(NameOf(was.in)), std::string(NameOf(is->in)));
    }
    if (was.key != is->key) {
      changes.Add(is->key ? ChangeKind::kBreaking : ChangeKind::kWidening, about,
                  is->key ? "is a key now, which is handed out to callers" : "is a key no longer");
    }
    ComparePresence(was.required, is->required, about, changes);
    CompareSchemaFact(was.schema, is->schema, about, changes);
  }
  for (const Parameter& is : now.parameters) {
    if (before.FindParameter(is.name) != nullptr) continue;
    const ChangeKind kind = is.in == Parameter::In::kPath && same_paths ? ChangeKind::kEditorial
                            : is.required                               ? ChangeKind::kBreaking
                                                                        : ChangeKind::kWidening;
    changes.Add(kind, "parameters." + is.name, "is new", "", Presence(is.required));
  }
}

std::string TextOf(const HeaderRule& rule) {
  std::string text = Presence(rule.required);
  if (!rule.scheme.empty()) text += ", scheme " + rule.scheme;
  if (!rule.value.empty()) text += ", value " + rule.value;
  return text;
}

void CompareHeader(const HeaderRule& was, const HeaderRule& is, ChangeList& changes) {
  const std::string about = "headers." + is.name;
  ComparePresence(was.required, is.required, about, changes);
  if (was.scheme != is.scheme) {
    changes.Add(ChangeKind::kBreaking, about, "asks for another scheme", was.scheme, is.scheme);
  }
  if (was.value == is.value) return;
  changes.Add(is.value.empty() ? ChangeKind::kWidening : ChangeKind::kBreaking, about,
              is.value.empty() ? "no value is asked for any longer" : "another value is asked for",
              was.value, is.value);
}

void CompareHeaders(const Contract& before, const Contract& now, ChangeList& changes) {
  for (const HeaderRule& was : before.headers) {
    if (const HeaderRule* is = now.FindHeader(was.name)) {
      CompareHeader(was, *is, changes);
      continue;
    }
    // A field that had to be sent may still be; one that could be used is gone.
    changes.Add(was.required ? ChangeKind::kWidening : ChangeKind::kBreaking, "headers." + was.name,
                "is documented no longer", TextOf(was));
  }
  for (const HeaderRule& is : now.headers) {
    if (before.FindHeader(is.name) != nullptr) continue;
    changes.Add(is.required ? ChangeKind::kBreaking : ChangeKind::kWidening, "headers." + is.name,
                "is new", "", TextOf(is));
  }
}

void CompareBody(const RequestBodyRule& was, const RequestBodyRule& is, ChangeList& changes) {
  const auto text = [](const RequestBodyRule& rule) {
    return rule.none ? std::string("none") : Presence(rule.required);
  };
  if (was.none != is.none) {
    changes.Add(!is.none && !is.required ? ChangeKind::kWidening : ChangeKind::kBreaking,
                "requestBody",
                is.none       ? "no body is to be sent any longer"
                : is.required ? "a body is required now"
                              : "a body may be sent now",
                text(was), text(is));
    return;
  }
  ComparePresence(was.required, is.required, "requestBody", changes);
  CompareContents(was.content, is.content, /*to_client=*/false, "requestBody", changes);
}

}  // namespace

void CompareRequestFacts(const Contract& before, const Contract& now, ChangeList& changes) {
  if (before.operation != now.operation) {
    changes.Add(ChangeKind::kUnclassified, "operation", "these are editions of two operations",
                before.operation, now.operation);
  }
  CompareMaturity(before, now, changes);
  CompareLicense(before, now, changes);
  CompareClouds(before, now, changes);
  CompareAddress(before, now, changes);
  CompareParameters(before, now, changes);
  CompareHeaders(before, now, changes);
  CompareBody(before.request_body, now.request_body, changes);
  ComparePermissions(before, now, changes);
  if (before.effect != now.effect) {
    changes.Add(ChangeKind::kUnclassified, "effect", "a call has another effect", before.effect,
                now.effect);
  }
}

}  // namespace conform
