#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"
#include "base/http_text.h"
#include "base/utf8.h"
#include "contract/spelling.h"
#include "page/openapi_operation.h"
#include "page/plain_text.h"

namespace conform {
namespace {

using Json = nlohmann::json;

/// The operation's, else the document's.
OpenApiNode RequirementsOf(OpenApiDraft& draft) {
  OpenApiNode own = draft.operation.At("security");
  return own.IsThere() ? own : draft.document.Find("/security");
}

class SecurityReader {
 public:
  explicit SecurityReader(OpenApiDraft& draft) : draft_(draft) {}

  void Read() {
    const OpenApiNode requirements = RequirementsOf(draft_);
    if (!requirements.value.is_array() || requirements.value.empty()) return;
    for (std::size_t i = 0; i < requirements.value.size(); ++i) {
      const OpenApiNode requirement = requirements.At(std::to_string(i));
      optional_ = optional_ || (requirement.value.is_object() && requirement.value.empty());
    }
    bool first = true;
    for (std::size_t i = 0; i < requirements.value.size(); ++i) {
      const OpenApiNode requirement = requirements.At(std::to_string(i));
      if (!requirement.value.is_object() || requirement.value.empty()) continue;
      ReadRequirement(requirement, first);
      first = false;
    }
    AddPermissionClauses();
  }

 private:
  /// All of its schemes are needed. Others of the list suffice too: of those only more scopes of
  /// the same scheme can be said.
  void ReadRequirement(const OpenApiNode& requirement, bool first) {
    for (const auto& [name, scopes] : requirement.value.items()) {
      const OpenApiNode at = requirement.At(name);
      const auto scheme = draft_.document.Resolve(
          draft_.document.Find(JoinPointer("/components/securitySchemes", name)));
      if (!scheme || !scheme->IsThere()) {
        draft_.document.Warn(at, fmt::format("no security scheme is named '{}'", ShowLine(name)));
      } else if (first) {
        AddScheme(*scheme, at);
      } else if (scheme->pointer == scheme_pointer_) {
        AddScopes(*scheme, at);
      } else {
        draft_.document.Warn(at, "this other way to be let in is left out; the first is taken");
      }
    }
  }

  void AddScheme(const OpenApiNode& scheme, const OpenApiNode& at) {
    scheme_pointer_ = scheme.pointer;
    const std::string type = scheme.Text("type");
    if (type == "oauth2" || type == "openIdConnect") {
      AddAuthorization("Bearer", scheme);
      AddScopes(scheme, at);
    } else if (type == "http" && ToLower(scheme.Text("scheme")) == "bearer") {
      AddAuthorization("Bearer", scheme);
    } else if (type == "apiKey") {
      AddKey(scheme);
    } else {
      draft_.document.Warn(scheme,
                           fmt::format("security of type '{}' is not supported; cases send none",
                                       ShowLine(type == "http" ? scheme.Text("scheme") : type)));
    }
  }

  void AddAuthorization(const std::string& scheme, const OpenApiNode& node) {
    if (draft_.contract.FindHeader("Authorization") != nullptr) return;
    draft_.contract.headers.push_back({"Authorization", !optional_, scheme, ""});
    draft_.AddClause({"authorization", "headers.Authorization", Binds::kService,
                      optional_ ? "A call may bear a token in its Authorization field."
                                : "A call needs a bearer token in its Authorization field.",
                      optional_ ? "A call without it breaks nothing." : ""},
                     node);
  }

  void AddKey(const OpenApiNode& scheme) {
    const std::string name = scheme.Text("name");
    const std::string in = scheme.Text("in");
    const std::string says = fmt::format("A call bears a key in {}.", name);
    if (in == "header" && IsToken(name) && draft_.contract.FindHeader(name) == nullptr) {
      draft_.contract.headers.push_back({name, !optional_, "", ""});
      draft_.AddClause({"key", "headers." + name, Binds::kClient, says}, scheme);
    } else if (in == "query" && IsLineOfText(name) && !HasQuery(name)) {
      draft_.contract.parameters.push_back(
          {name, Parameter::In::kQuery, !optional_, {{"type", "string"}}});
      draft_.AddClause({"key", "parameters." + name, Binds::kService, says,
                        optional_ ? "A call without it breaks nothing." : ""},
                       scheme);
    } else {
      draft_.document.Warn(scheme, fmt::format("a key in '{}' is not supported", ShowLine(in)));
    }
  }

  bool HasQuery(const std::string& name) const {
    return std::any_of(draft_.contract.parameters.begin(), draft_.contract.parameters.end(),
                       [&](const Parameter& each) { return each.name == name; });
  }

  /// Who calls follows from the flow that hands the token out.
  void AddScopes(const OpenApiNode& scheme, const OpenApiNode& at) {
    if (!at.value.is_array() || at.value.empty()) return;
    if (at.value.size() > 1) {
      draft_.document.Warn(at,
                           "scopes that are needed together stand here; a contract knows only "
                           "those of which each suffices, and the first is taken",
                           "a token for the cases must hold them all");
    }
    const Json& scope = at.value.front();
    if (!scope.is_string() || !IsScope(scope.get_ref<const std::string&>())) {
      return draft_.document.Warn(at, "no scope: a text without white space");
    }
    const Json flows = MemberOf(scheme.value, "flows");
    const bool application = flows.is_object() && flows.contains("clientCredentials");
    const bool delegated = !application || flows.size() > 1;
    if (delegated) AddPermission(IdentityKind::kDelegatedWork, scope.get<std::string>(), at);
    if (application) AddPermission(IdentityKind::kApplication, scope.get<std::string>(), at);
  }

  void AddPermission(IdentityKind kind, const std::string& scope, const OpenApiNode& at) {
    PermissionRule& rule = draft_.contract.permissions[kind];
    rule.supported = true;
    if (std::find(rule.permissions.begin(), rule.permissions.end(), scope) ==
        rule.permissions.end()) {
      rule.permissions.push_back(scope);
    }
    scopes_at_ = at;
  }

  void AddPermissionClauses() {
    for (const auto& [kind, rule] : draft_.contract.permissions) {
      draft_.AddClause(
          {fmt::format("permission.{}", NameOf(kind)), fmt::format("permissions.{}", NameOf(kind)),
           Binds::kService,
           fmt::format("{} needs {}{}, and may call with it.",
                       kind == IdentityKind::kApplication ? "An application" : "A person's token",
                       rule.permissions.front(),
                       rule.permissions.size() > 1 ? ", or another of those listed" : "")},
          scopes_at_);
    }
  }

  OpenApiDraft& draft_;
  bool optional_ = false;
  std::string scheme_pointer_;
  OpenApiNode scopes_at_;
};

}  // namespace

void AddOpenApiSecurity(OpenApiDraft& draft) { SecurityReader(draft).Read(); }

}  // namespace conform
