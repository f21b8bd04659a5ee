#include "page/contract_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/date.h"
#include "base/duration.h"
#include "base/permission.h"
#include "page/yaml_text.h"

namespace conform {
namespace {

using Json = nlohmann::json;

void AppendText(std::string_view key, const std::string& value, std::string& out,
                std::size_t indent = 0) {
  if (value.empty()) return;
  out += fmt::format("{}{}: {}\n", std::string(indent, ' '), key, RenderYamlScalar(value));
}

void AppendSource(const PageSource& source, std::string& out) {
  out += "source:\n";
  AppendText("title", source.title, out, 2);
  AppendText("document", source.document, out, 2);
  AppendText("version", source.version, out, 2);
  AppendText("repository", source.repository, out, 2);
  AppendText("locale", source.locale, out, 2);
  AppendText("revision", source.revision, out, 2);
  AppendText("date", FormatDate(source.date), out, 2);
  AppendText("sha256", source.sha256, out, 2);
}

void AppendNotes(const Contract& contract, std::string& out) {
  if (!contract.clouds.empty()) out += RenderYamlEntry("clouds", contract.clouds, 0);
  if (contract.notes.empty()) return;
  out += "notes:\n";
  for (const std::string& note : contract.notes)
    out += fmt::format("  - {}\n", RenderYamlScalar(note));
}

void AppendParameters(const std::vector<Parameter>& parameters, std::string& out) {
  if (parameters.empty()) return;
  out += "parameters:\n";
  for (const Parameter& parameter : parameters) {
    const bool in_path = parameter.in == Parameter::In::kPath;
    out += fmt::format("  - {{name: {}, in: {}", RenderYamlScalar(parameter.name, true),
                       NameOf(parameter.in));
    if (!in_path && parameter.required) out += ", required: true";
    if (parameter.key) out += ", key: true";
    if (!parameter.schema.is_null()) out += ", schema: " + RenderYamlFlow(parameter.schema);
    out += "}\n";
  }
}

void AppendHeaders(const std::vector<HeaderRule>& headers, std::string& out) {
  if (headers.empty()) return;
  out += "headers:\n";
  for (const HeaderRule& header : headers) {
    std::string members;
    const auto add = [&members](const std::string& member) {
      members += (members.empty() ? "" : ", ") + member;
    };
    if (header.required) add("required: true");
    if (!header.scheme.empty()) add("scheme: " + RenderYamlScalar(header.scheme, true));
    if (!header.value.empty()) add("value: " + RenderYamlScalar(header.value, true));
    out += fmt::format("  {}: {{{}}}\n", RenderYamlScalar(header.name, true), members);
  }
}

/// Schema before example, which JSON's order of names would turn round.
void AppendContent(const std::vector<MediaContent>& contents, std::size_t indent,
                   std::string& out) {
  const std::string pad(indent, ' ');
  out += pad + "content:\n";
  for (const MediaContent& content : contents) {
    const std::string type = RenderYamlScalar(content.media_type, true);
    if (content.schema.is_null() && content.example.is_null()) {
      out += fmt::format("{}  {}: {{}}\n", pad, type);
      continue;
    }
    out += fmt::format("{}  {}:\n", pad, type);
    if (!content.schema.is_null()) out += RenderYamlEntry("schema", content.schema, indent + 4);
    if (!content.example.is_null()) out += RenderYamlEntry("example", content.example, indent + 4);
  }
}

/// That none is sent is told where a clause says so.
void AppendBody(const Contract& contract, std::string& out) {
  const RequestBodyRule& body = contract.request_body;
  if (body.none || body.content.empty()) {
    const bool stated = std::any_of(contract.clauses.begin(), contract.clauses.end(),
                                    [](const Clause& each) { return each.about == "requestBody"; });
    if (stated) out += "requestBody: none\n";
    return;
  }
  out += "requestBody:\n";
  if (body.required) out += "  required: true\n";
  AppendContent(body.content, 2, out);
}

void AppendPermissions(const Contract& contract, std::string& out) {
  if (contract.permissions.empty()) return;
  out += "permissions:\n";
  for (const auto& [kind, rule] : contract.permissions) {
    if (rule.permissions.empty()) {
      out += fmt::format("  {}: unsupported\n", NameOf(kind));
    } else {
      Json row = Json::array();
      for (const std::string& permission : rule.permissions) {
        const std::vector<std::string> names = PermissionNames(permission);
        row.push_back(names.size() == 1 ? Json(permission) : Json(names));
      }
      out += RenderYamlEntry(NameOf(kind), row, 2);
    }
  }
}

std::string WhenOf(const Condition& when) {
  switch (when.kind) {
    case Condition::Kind::kWhile:
      return fmt::format("{{while: {}}}", when.state);
    case Condition::Kind::kWithin:
      return fmt::format("{{within: {}, of: success}}", FormatDuration(when.window));
    case Condition::Kind::kStated:
      return fmt::format("{{if: {}}}", RenderYamlScalar(when.state, true));
    case Condition::Kind::kSuccess:
      break;
  }
  return "success";
}

void AppendAnswerHeaders(const std::vector<ResponseHeader>& headers, std::string& out) {
  if (headers.empty()) return;
  out += "    headers:\n";
  for (const ResponseHeader& header : headers) {
    std::string members = header.required ? "required: true" : "";
    if (!header.schema.is_null()) {
      members += (members.empty() ? "schema: " : ", schema: ") + RenderYamlFlow(header.schema);
    }
    out += fmt::format("      {}: {{{}}}\n", RenderYamlScalar(header.name, true), members);
  }
}

void AppendResponses(const Contract& contract, std::string& out) {
  out += "responses:\n";
  for (const ResponseRule& rule : contract.responses) {
    const std::string when = WhenOf(rule.when);
    if (rule.content.empty() && rule.headers.empty()) {
      const bool success = rule.when.kind == Condition::Kind::kSuccess;
      out += fmt::format("  {}: {{when: {}{}}}\n", NameOf(rule), when,
                         success ? ", content: none" : "");
      continue;
    }
    out += fmt::format("  {}:\n    when: {}\n", NameOf(rule), when);
    AppendAnswerHeaders(rule.headers, out);
    if (rule.content.empty()) {
      out += "    content: none\n";
    } else {
      AppendContent(rule.content, 4, out);
    }
  }
  if (contract.mock_lasts.empty()) return;
  std::string lasts;
  for (const auto& [state, length] : contract.mock_lasts) {
    lasts +=
        fmt::format("{}{}_lasts: {}", lasts.empty() ? "" : ", ", state, FormatDuration(length));
  }
  out += fmt::format("mock: {{{}}}\n", lasts);
}

void AppendClause(const Clause& clause, std::string& out) {
  out += fmt::format("  - id: {}\n    about: {}\n    binds: {}\n    strength: {}\n", clause.id,
                     RenderYamlScalar(clause.about), NameOf(clause.binds), NameOf(clause.strength));
  AppendText("untested", clause.untested, out, 4);
  AppendText("says", clause.says, out, 4);
  const ClauseSource& source = clause.source;
  if (!source.pointer.empty()) {
    out += fmt::format(
        "    source: {{document: {}, version: {}, pointer: {}, fingerprint: {}}}\n",
        RenderYamlScalar(source.document, true), RenderYamlScalar(source.version, true),
        RenderYamlScalar(source.pointer, true), RenderYamlScalar(source.fingerprint, true));
    return;
  }
  const bool by_id = !source.sentences.empty();
  const Json places = by_id ? Json(source.sentences) : Json(source.lines);
  out += fmt::format("    source: {{heading: {}, {}: {}, fingerprint: {}}}\n",
                     RenderYamlScalar(source.heading, true), by_id ? "sentence" : "line",
                     RenderYamlFlow(places.size() == 1 ? places[0] : places),
                     RenderYamlScalar(source.fingerprint, true));
}

}  // namespace

std::string RenderContract(const Contract& contract) {
  std::string out;
  AppendText("operation", contract.operation, out);
  AppendText("edition", contract.edition, out);
  AppendSource(contract.page, out);
  AppendText("maturity", contract.maturity, out);
  AppendText("license", contract.license, out);
  AppendNotes(contract, out);
  AppendText("server", contract.server, out);
  AppendText("method", contract.method, out);
  if (contract.paths.size() == 1) {
    AppendText("path", contract.paths.front(), out);
  } else {
    out += "path:\n";
    for (const std::string& path : contract.paths)
      out += fmt::format("  - {}\n", RenderYamlScalar(path));
  }
  AppendParameters(contract.parameters, out);
  AppendHeaders(contract.headers, out);
  AppendBody(contract, out);
  AppendPermissions(contract, out);
  AppendText("effect", contract.effect, out);
  AppendResponses(contract, out);
  out += "clauses:\n";
  for (const Clause& clause : contract.clauses) AppendClause(clause, out);
  return out;
}

}  // namespace conform
