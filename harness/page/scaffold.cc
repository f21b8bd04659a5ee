#include "page/scaffold.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"
#include "base/http_text.h"
#include "contract/media_range.h"
#include "contract/schema_sample.h"
#include "page/answer_schema.h"
#include "page/plain_text.h"
#include "page/scaffold_request.h"
#include "page/yaml_text.h"

namespace conform {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kOtherTypes[] = {"text/plain", "application/xml",
                                            "application/octet-stream"};

bool IsDescribed(const Contract& contract) { return !contract.page.document.empty(); }

/// What a first case says beside its request.
struct ScaffoldedCase {
  std::string name;
  std::string title;
  std::vector<std::string> clauses;
  std::string response = "4xx";  ///< its status, and what else is expected.
};

class Scaffold {
 public:
  Scaffold(const Contract& contract, const std::string& example)
      : contract_(contract), request_(contract, example) {}

  std::vector<CaseFile> Write() {
    AddDocumented();
    if (IsDescribed(contract_)) {
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
  void AddDocumented() {
    const ResponseRule& success = contract_.Success();
    const std::vector<const ResponseRule*> promised = PromisedSuccesses();
    std::string statuses;
    std::vector<std::string> clauses;
    for (const ResponseRule* each : promised) {
      statuses += (statuses.empty() ? "" : ", ") + StatusesOf(*each);
      clauses.push_back(IdOf(AboutOf(*each)));
    }
    std::string response = statuses;
    if (promised.size() > 1) {
      response = fmt::format("[{}]", statuses);
    } else {
      if (success.status == 204) response += "\n  body: none";
      response += FieldsOf(success);
    }
    const auto held = std::find_if(promised.begin(), promised.end(),
                                   [](const auto* each) { return !each->content.empty(); });
    if (held != promised.end()) response += SchemaOf(**held);
    Add({"documented_request",
         fmt::format("The documented request is answered {}", ListOf(statuses)), clauses, response},
        Caller(), {});
  }

  /// The success answer, and what else the document calls one: an upsert is answered 200 or 201.
  std::vector<const ResponseRule*> PromisedSuccesses() const {
    std::vector<const ResponseRule*> promised = {&contract_.Success()};
    for (const ResponseRule& rule : contract_.responses) {
      const bool other = rule.when.kind == Condition::Kind::kStated && rule.range.empty() &&
                         IsSuccessStatus(rule.status);
      if (other && IsDescribed(contract_) && IsSuccessStatus(promised.front()->status)) {
        promised.push_back(&rule);
      }
    }
    return promised;
  }

  static std::string ListOf(std::string statuses) {
    const std::size_t last = statuses.rfind(", ");
    return last == std::string::npos ? statuses : statuses.replace(last, 2, " or ");
  }

  /// That those which are always there are there.
  static std::string FieldsOf(const ResponseRule& rule) {
    std::string fields;
    for (const ResponseHeader& header : rule.headers) {
      if (!header.required) continue;
      fields += fmt::format("{}{}: {{exists: true}}", fields.empty() ? "" : ", ",
                            RenderYamlScalar(header.name, true));
    }
    return fields.empty() ? "" : fmt::format("\n  headers: {{{}}}", fields);
  }

  /// That the content is held against the contract's schema, which a later import may change, or
  /// why it is not. Empty where no schema is promised; HEAD is answered without content.
  std::string SchemaOf(const ResponseRule& rule) const {
    if (!IsDescribed(contract_) || rule.content.empty() || contract_.method == "HEAD") return "";
    const MediaContent& content = rule.content.front();
    const std::string reason = WhyUnjudged(content);
    if (!reason.empty()) {
      return fmt::format("\n  # The contract's schema is not judged: {}.", reason);
    }
    if (!PromisesJson(content)) return "";
    return "\n  body: {schema: contract}";
  }

  void AddWithoutParameters() {
    for (const Parameter& parameter : contract_.parameters) {
      const bool outside = parameter.in != Parameter::In::kPath && parameter.required;
      if (!outside || parameter.key || !IsMissedAloud(parameter)) continue;
      RequestChange change;
      change.left_out = parameter.name;
      Add({"without_" + SnakeCase(parameter.name),
           fmt::format("A call without {} is refused", parameter.name),
           {IdOf("parameters." + parameter.name)}},
          Caller(), change);
    }
  }

  /// RFC 6585 §3: 428 is the answer to a call without its condition.
  bool IsMissedAloud(const Parameter& parameter) const {
    if (!IsDescribed(contract_) || Promises({400, 422})) return true;
    return ToLower(parameter.name).starts_with("if-") && Promises({428});
  }

  bool Promises(std::initializer_list<int> statuses) const {
    return std::any_of(statuses.begin(), statuses.end(),
                       [this](int status) { return contract_.FindResponse(status) != nullptr; });
  }

  /// An API description says which refusals there are: what it does not promise is not tried.
  void AddPromisedRefusals() {
    // RFC 9110 §15.5.2: 401 is the answer to a call without credentials.
    for (const int status : {401, 403}) {
      const ResponseRule* rule = contract_.FindResponse(status);
      if (rule == nullptr) continue;
      AddWithoutToken(*rule);
      break;
    }
    AddWithoutParameters();
    AddOtherMediaType();
    AddFalsePrecondition();
  }

  /// Every fact of the answer that the request earns is held, as that of a success is.
  void AddWithoutToken(const ResponseRule& rule) {
    RequestChange change;
    change.token = false;
    const HeaderRule* authorization = contract_.FindHeader("Authorization");
    if (authorization != nullptr && authorization->required && !NeedsKey()) {
      Add({"without_authorization",
           "A call without a token is refused",
           {IdOf("headers.Authorization"), IdOf(AboutOf(rule))},
           RefusalOf(rule)},
          "none", change);
    }
    for (const Parameter& parameter : contract_.parameters) {
      if (!parameter.key || !parameter.required) continue;
      RequestChange left_out;
      left_out.left_out = parameter.name;
      Add({"without_" + SnakeCase(parameter.name),
           fmt::format("A call without the key {} is refused", parameter.name),
           {IdOf("parameters." + parameter.name), IdOf(AboutOf(rule))},
           RefusalOf(rule)},
          Caller(), left_out);
    }
  }

  /// Its status, or the class where the rule stands for many, and the schema that it promises.
  std::string RefusalOf(const ResponseRule& rule) const {
    return (rule.range.empty() ? NameOf(rule) : "4xx") + SchemaOf(rule);
  }

  /// Where the document says what other content gets: a rule for all errors promises no refusal.
  void AddOtherMediaType() {
    const ResponseRule* rule = contract_.FindResponse("415");
    if (contract_.request_body.none || rule == nullptr) return;
    for (const std::string_view other : kOtherTypes) {
      if (IsOneOf(contract_.request_body.content, other)) continue;
      RequestChange change;
      change.media_type = other;
      return Add({"other_media_type",
                  fmt::format("Content of type {} is refused", other),
                  {IdOf("responses.415")},
                  RefusalOf(*rule)},
                 Caller(), change);
    }
  }

  void AddFalsePrecondition() {
    const ResponseRule* rule = contract_.FindResponse("412");
    const bool asked = std::any_of(
        contract_.parameters.begin(), contract_.parameters.end(),
        [](const Parameter& each) { return each.required && ToLower(each.name) == "if-match"; });
    if (rule == nullptr || !asked) return;
    RequestChange change;
    change.if_match = "\"no-such-tag\"";
    Add({"false_precondition",
         "A change of what has another tag is refused with 412",
         {IdOf("responses.412")},
         RefusalOf(*rule)},
        Caller(), change);
  }

  bool NeedsKey() const {
    return std::any_of(contract_.parameters.begin(), contract_.parameters.end(),
                       [](const Parameter& each) { return each.key && each.required; });
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
    const bool open =
        IsDescribed(contract_) && !NeedsKey() && contract_.FindHeader("Authorization") == nullptr;
    return std::string(NameOf(open ? IdentityKind::kNone : IdentityKind::kDelegatedWork));
  }

  void AddRefusal(const std::string& name, const std::string& title, const std::string& about,
                  const std::string& refusal, const std::string& identity,
                  const std::string& status) {
    RequestChange change;
    change.token = identity != "none";
    Add({name, title, {IdOf(about), refusal}, status}, identity, change);
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

  void Add(const ScaffoldedCase& expected, const std::string& identity,
           const RequestChange& change) {
    // That a token is asked for every edition of a page says; who may call, and what is answered,
    // may change. What another edition of an API description says otherwise of the same request is
    // judged by it: a case of one month alone would be run no more in the next.
    const bool of_edition =
        !IsDescribed(contract_) && identity != "none" && identity != "malformed";
    std::string text = fmt::format("title: {}\noperation: {}\nclauses: {}\n", expected.title,
                                   contract_.operation, RenderYamlFlow(Json(expected.clauses)));
    if (of_edition) text += fmt::format("editions: [{}]\n", contract_.edition);
    text += fmt::format("identity: {}\n{}", identity, request_.Render(change));
    text += fmt::format("response:\n  status: {}\n", expected.response);
    files_.push_back({expected.name + ".yaml", std::move(text)});
  }

  const Contract& contract_;
  ScaffoldRequest request_;
  std::vector<CaseFile> files_;
};

}  // namespace

std::vector<CaseFile> ScaffoldCases(const Contract& contract, const std::string& example) {
  return Scaffold(contract, example).Write();
}

}  // namespace conform
