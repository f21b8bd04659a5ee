#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"
#include "base/http_text.h"
#include "base/permission.h"
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
    std::vector<OpenApiNode> ways;
    for (std::size_t i = 0; i < requirements.value.size(); ++i) {
      OpenApiNode requirement = requirements.At(std::to_string(i));
      if (requirement.value.is_object() && !requirement.value.empty())
        ways.push_back(std::move(requirement));
    }
    const auto sent = std::find_if(ways.begin(), ways.end(),
                                   [&](const OpenApiNode& way) { return CanBeSent(way); });
    // All others are told beside the one that is taken.
    if (sent != ways.end()) std::rotate(ways.begin(), sent, sent + 1);
    for (std::size_t i = 0; i < ways.size(); ++i) ReadRequirement(ways[i], /*taken=*/i == 0);
    AddPermissionClauses();
  }

 private:
  /// Nothing where none is described.
  std::optional<OpenApiNode> SchemeOf(const std::string& name) {
    auto scheme = draft_.document.Resolve(
        draft_.document.Find(JoinPointer("/components/securitySchemes", name)));
    return scheme && scheme->IsThere() ? std::move(scheme) : std::nullopt;
  }

  bool CanBeSent(const OpenApiNode& requirement) {
    const auto items = requirement.value.items();
    return std::all_of(items.begin(), items.end(), [&](const auto& each) {
      const auto scheme = SchemeOf(each.key());
      if (!scheme) return false;
      const std::string type = scheme->Text("type");
      const std::string http = ToLower(scheme->Text("scheme"));
      return type == "oauth2" || type == "openIdConnect" ||
             (type == "http" && (http == "bearer" || http == "basic")) ||
             (type == "apiKey" && PlaceOfKey(*scheme));
    });
  }

  /// All of its schemes are needed. Others of the list suffice too: of those only more scopes of
  /// the same scheme can be said.
  void ReadRequirement(const OpenApiNode& requirement, bool taken) {
    for (const auto& [name, scopes] : requirement.value.items()) {
      const OpenApiNode at = requirement.At(name);
      const auto scheme = SchemeOf(name);
      if (!scheme) {
        draft_.document.Warn(at, fmt::format("no security scheme is named '{}'", ShowLine(name)));
      } else if (taken) {
        AddScheme(*scheme, at);
      } else if (scheme->pointer == scheme_pointer_) {
        AddScopes(*scheme, at);
      } else {
        draft_.document.Warn(at,
                             "this other way to be let in is left out; the first that conform can "
                             "send is taken");
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
    } else if (type == "http" && ToLower(scheme.Text("scheme")) == "basic") {
      AddAuthorization("Basic", scheme);
      draft_.document.Warn(scheme, "cases send 'Basic ${token}': the token is name and password",
                           "set CONFORM_TOKEN_DELEGATED_WORK to the base64 text of NAME:PASSWORD");
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
    draft_.AddClause(
        {"authorization", "headers.Authorization", Binds::kService,
         fmt::format("A call {} {} in its Authorization field.", optional_ ? "may bear" : "needs",
                     scheme == "Basic" ? "name and password"
                     : optional_       ? "a token"
                                       : "a bearer token"),
         optional_ ? "A call without it breaks nothing." : ""},
        node);
  }

  /// Where a key is sent; nothing where no request can hold it.
  static std::optional<Parameter::In> PlaceOfKey(const OpenApiNode& scheme) {
    const std::string name = scheme.Text("name");
    for (const Parameter::In place :
         {Parameter::In::kHeader, Parameter::In::kQuery, Parameter::In::kCookie}) {
      if (NameOf(place) != scheme.Text("in")) continue;
      const bool named = place == Parameter::In::kQuery ? IsLineOfText(name) : IsToken(name);
      return named ? std::optional(place) : std::nullopt;
    }
    return std::nullopt;
  }

  void AddKey(const OpenApiNode& scheme) {
    const std::string name = scheme.Text("name");
    const std::string in = scheme.Text("in");
    const std::optional<Parameter::In> place = PlaceOfKey(scheme);
    if (ToLower(name) == "authorization" && in == "header") {
      if (draft_.contract.FindHeader("Authorization") != nullptr) return;
      // As documents say it that can name no other scheme, such as NSwag's.
      draft_.document.Warn(scheme,
                           "a key in Authorization is taken as a bearer token: cases send "
                           "'Bearer ${token}'",
                           "where the service takes another scheme, write it into the contract "
                           "(headers: Authorization: scheme) and its cases");
      return AddAuthorization("Bearer", scheme);
    }
    if (!place) {
      return draft_.document.Warn(
          scheme, fmt::format("a key '{}' in '{}' is not supported", ShowLine(name), ShowLine(in)));
    }
    if (draft_.contract.FindParameter(name) != nullptr) {
      return draft_.document.Warn(scheme, "a parameter has the key's name; the key is left out");
    }
    draft_.contract.parameters.push_back(
        {name, *place, !optional_, {{"type", "string"}}, /*key=*/true});
    draft_.AddClause({"key", "parameters." + name, Binds::kService,
                      fmt::format("A call {} a key in its {} {}.", optional_ ? "may bear" : "needs",
                                  in == "query" ? "query parameter" : in, name),
                      optional_ ? "A call without it breaks nothing." : ""},
                     scheme);
  }

  /// Who calls follows from the flow that hands the token out.
  void AddScopes(const OpenApiNode& scheme, const OpenApiNode& at) {
    if (!at.value.is_array() || at.value.empty()) return;
    // All scopes of one requirement are needed.
    std::vector<std::string> names;
    for (const Json& name : at.value) {
      if (!name.is_string() || !IsScope(name.get_ref<const std::string&>())) {
        return draft_.document.Warn(at, "no scope: a text without white space");
      }
      names.push_back(name.get<std::string>());
    }
    const std::string scope = JoinPermissions(PermissionNames(JoinPermissions(names)));
    const Json flows = MemberOf(scheme.value, "flows");
    const bool application = flows.is_object() && flows.contains("clientCredentials");
    const bool delegated = !application || flows.size() > 1;
    if (delegated) AddPermission(IdentityKind::kDelegatedWork, scope, at);
    if (application) AddPermission(IdentityKind::kApplication, scope, at);
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
                       ShowPermission(rule.permissions.front()),
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
