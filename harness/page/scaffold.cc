#include "page/scaffold.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "contract/path_template.h"
#include "page/openapi_schema.h"
#include "page/plain_text.h"
#include "page/request_line.h"
#include "page/yaml_text.h"

namespace conform {
namespace {

using Json = nlohmann::json;
using Pairs = std::vector<std::pair<std::string, std::string>>;

/// A `${` of a page's own is none of a case's placeholders.
std::string WithoutPlaceholders(std::string text) {
  for (std::size_t at = text.find("${"); at != std::string::npos; at = text.find("${", at)) {
    text.replace(at, 2, "{");
  }
  return text;
}

class Scaffold {
 public:
  Scaffold(const Contract& contract, const std::string& example)
      : contract_(contract), example_(ReadDocumentedLine(contract.method + " " + example)) {}

  std::vector<CaseFile> Write() {
    const ResponseRule& success = contract_.Success();
    const std::string status = fmt::format("{}", success.status);
    Add("documented_request", fmt::format("The documented request is answered {}", status),
        {IdOf("responses." + status)}, Caller(),
        status + (success.status == 204 ? "\n  body: none" : ""));
    if (!contract_.page.document.empty()) {
      AddPromisedRefusals();
      return std::move(files_);
    }
    if (contract_.FindHeader("Authorization") != nullptr) {
      AddRefusal("without_authorization", "A call without a token is refused with 401",
                 "headers.Authorization", "graph.refusal.no_token", "none", "401");
      AddRefusal("malformed_token", "A token that is none is refused with 401",
                 "headers.Authorization", "graph.refusal.bad_token", "malformed", "401");
      AddUnsupported();
    }
    AddWithoutParameters();
    return std::move(files_);
  }

 private:
  void AddWithoutParameters() {
    for (const Parameter& parameter : contract_.parameters) {
      if (parameter.in != Parameter::In::kQuery || !parameter.required) continue;
      left_out_ = parameter.name;
      Add("without_" + SnakeCase(parameter.name),
          fmt::format("A call without {} is refused", parameter.name),
          {IdOf("parameters." + parameter.name)}, Caller(), "4xx");
      left_out_.clear();
    }
  }

  /// An API description says which refusals there are: what it does not promise is not tried.
  void AddPromisedRefusals() {
    const HeaderRule* authorization = contract_.FindHeader("Authorization");
    const auto promises = [this](std::initializer_list<int> statuses) {
      return std::any_of(statuses.begin(), statuses.end(),
                         [this](int status) { return contract_.FindResponse(status) != nullptr; });
    };
    if (authorization != nullptr && authorization->required && promises({401, 403})) {
      Add("without_authorization", "A call without a token is refused",
          {IdOf("headers.Authorization")}, "none", "4xx");
    }
    if (promises({400, 422})) AddWithoutParameters();
  }

  /// Keys of an API are handed out as tokens are.
  bool IsKey(const HeaderRule& rule) const {
    return !contract_.page.document.empty() && rule.required && rule.value.empty();
  }

  /// The judged clause about a fact.
  std::string IdOf(const std::string& about) const {
    for (const Clause& clause : contract_.clauses) {
      if (clause.about == about && IsJudged(clause)) return clause.id;
    }
    return "";
  }

  std::string Caller() const {
    for (const IdentityKind kind : {IdentityKind::kDelegatedWork, IdentityKind::kApplication,
                                    IdentityKind::kDelegatedPersonal}) {
      const auto rule = contract_.permissions.find(kind);
      if (rule != contract_.permissions.end() && rule->second.supported)
        return std::string(NameOf(kind));
    }
    const bool described = !contract_.page.document.empty();
    const bool keyed = std::any_of(contract_.headers.begin(), contract_.headers.end(),
                                   [this](const HeaderRule& rule) { return IsKey(rule); });
    const bool open = described && !keyed && contract_.FindHeader("Authorization") == nullptr;
    return std::string(NameOf(open ? IdentityKind::kNone : IdentityKind::kDelegatedWork));
  }

  void AddRefusal(const std::string& name, const std::string& title, const std::string& about,
                  const std::string& refusal, const std::string& identity,
                  const std::string& status) {
    Add(name, title, {IdOf(about), refusal}, identity, status);
  }

  void AddUnsupported() {
    struct Row {
      IdentityKind kind;
      const char* name;
      const char* title;
    };
    constexpr Row kRows[] = {
        {IdentityKind::kDelegatedWork, "work_account",
         "A work or school account is refused with 403"},
        {IdentityKind::kDelegatedPersonal, "personal_account",
         "A personal account is refused with 403"},
        {IdentityKind::kApplication, "application_refused", "An application is refused with 403"}};
    for (const Row& row : kRows) {
      const auto rule = contract_.permissions.find(row.kind);
      if (rule == contract_.permissions.end() || rule->second.supported) continue;
      AddRefusal(row.name, row.title, fmt::format("permissions.{}", NameOf(row.kind)),
                 "graph.refusal.unsupported_account", std::string(NameOf(row.kind)), "403");
    }
  }

  void Add(const std::string& name, const std::string& title,
           const std::vector<std::string>& clauses, const std::string& identity,
           const std::string& status) {
    // That a token is asked for every edition says; who may call, and what is answered, may change.
    const bool of_edition = identity != "none" && identity != "malformed";
    std::string text = fmt::format("title: {}\noperation: {}\nclauses: {}\n", title,
                                   contract_.operation, RenderYamlFlow(Json(clauses)));
    if (of_edition) text += fmt::format("editions: [{}]\n", contract_.edition);
    text += fmt::format("identity: {}\n", identity);
    text += fmt::format("request:\n  method: {}\n  path: {}\n", contract_.method,
                        RenderYamlScalar(Path()));
    AppendQuery(text);
    AppendHeaders(identity != "none", text);
    text += fmt::format("  body: {}\nresponse:\n  status: {}\n", Body(), status);
    files_.push_back({name + ".yaml", std::move(text), of_edition});
  }

  /// The example's own values where it is of this path.
  std::string Path() const {
    std::string path = contract_.paths.front();
    std::string given = example_ ? example_->path : "";
    if (!MatchesPath(path, given)) given.clear();
    std::string filled;
    while (!path.empty()) {
      const std::size_t end = std::min(path.find('/', 1), path.size());
      const std::size_t given_end = std::min(given.find('/', given.empty() ? 0 : 1), given.size());
      filled += Segment(path.substr(0, end), given.substr(0, given_end));
      path.erase(0, end);
      given.erase(0, given_end);
    }
    return contract_.ServerPath() + filled;
  }

  static std::string Segment(const std::string& segment, const std::string& given) {
    const bool usable = !given.empty() && given.find_first_of("{}") == std::string::npos;
    const std::vector<std::string> names = PlaceholdersOf(segment);
    if (usable || names.empty()) return names.empty() ? segment : given;
    std::string filled = segment;
    for (const std::string& name : names) {
      const std::string value = "some-" + SlugOf(name);
      const std::string braced = "{" + name + "}";
      filled.replace(filled.find(braced), braced.size(), value);
    }
    return filled;
  }

  void AppendQuery(std::string& text) const {
    Json query = Json::object();
    for (const Parameter& parameter : contract_.parameters) {
      const bool wanted = parameter.in == Parameter::In::kQuery && parameter.required;
      if (!wanted || parameter.name == left_out_) continue;
      std::string value = "value";
      for (const auto& [name, shown] : example_ ? example_->query : Pairs{}) {
        const bool plain = !shown.empty() && shown.find_first_of("{}<>% ") == std::string::npos;
        if (name == parameter.name && plain) value = shown;
      }
      query[parameter.name] = WithoutPlaceholders(value);
    }
    if (!query.empty()) text += RenderYamlEntry("query", query, 2);
  }

  void AppendHeaders(bool with_token, std::string& text) const {
    std::string lines;
    bool typed = false;
    for (const HeaderRule& rule : contract_.headers) {
      if (rule.name == "Authorization") {
        if (with_token) lines += "    Authorization: Bearer ${token}\n";
        continue;
      }
      if (rule.value.empty() && !rule.required) continue;
      if (rule.name == "Content-Type" && contract_.request_body.none) continue;
      typed = typed || rule.name == "Content-Type";
      const std::string value = rule.name == "Content-Type"
                                    ? contract_.request_body.content.front().media_type
                                : IsKey(rule)        ? "${token}"
                                : rule.value.empty() ? "*"
                                                     : WithoutPlaceholders(rule.value);
      lines += fmt::format("    {}: {}\n", RenderYamlScalar(rule.name), RenderYamlScalar(value));
    }
    if (!contract_.request_body.none && !typed) {
      lines += fmt::format("    Content-Type: {}\n",
                           RenderYamlScalar(contract_.request_body.content.front().media_type));
    }
    if (!lines.empty()) text += "  headers:\n" + lines;
  }

  std::string Body() const {
    if (contract_.request_body.none) return "none";
    const MediaContent& content = contract_.request_body.content.front();
    if (!content.media_type.ends_with("json")) return "{text: A test's content.}";
    const Json example = !content.example.is_null()        ? content.example
                         : contract_.page.document.empty() ? Json::object()
                                                           : SampleOf(content.schema);
    return "{json: " + WithoutPlaceholders(RenderYamlFlow(example)) + "}";
  }

  const Contract& contract_;
  std::optional<DocumentedLine> example_;
  std::string left_out_;  // a query parameter
  std::vector<CaseFile> files_;
};

}  // namespace

std::vector<CaseFile> ScaffoldCases(const Contract& contract, const std::string& example) {
  return Scaffold(contract, example).Write();
}

}  // namespace conform
