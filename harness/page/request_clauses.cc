#include "page/request_clauses.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/permission.h"
#include "page/body_reader.h"
#include "page/header_reader.h"
#include "page/parameter_reader.h"
#include "page/permission_reader.h"
#include "page/plain_text.h"

namespace conform {
namespace {

std::string IdOf(const std::string& name) {
  const std::string snake = SnakeCase(name);
  return snake.empty() ? "value" : snake;
}

void AddAddress(ContractDraft& draft) {
  Contract& contract = draft.contract;
  const ServerFact server = ReadServer(draft.context, draft.request);
  contract.server = server.address;
  draft.server_place = server.place;
  contract.method = draft.request.method;
  std::vector<Place> places;
  for (const PlacedRequest& each : draft.request.lines) {
    contract.paths.push_back(each.line.path);
    places.push_back(each.place);
  }
  const std::size_t slash = contract.server.rfind('/');
  draft.clauses.Add(
      {"server", "server", Binds::kService,
       fmt::format("The {} is served by {} as part of API version {}.", draft.name.noun,
                   contract.server.substr(8, slash - 8), contract.server.substr(slash + 1)),
       ""},
      {server.place});
  draft.clauses.Add(
      {"method", "method", Binds::kService,
       fmt::format("The {} is called with {}.", draft.name.noun, contract.method), ""},
      {places.front()});
  const std::string says =
      contract.paths.size() == 1
          ? fmt::format("The {}'s path is {}.", draft.name.noun, contract.paths.front())
          : fmt::format("The {} has {} paths, each of which reaches it.", draft.name.noun,
                        contract.paths.size());
  draft.clauses.Add({"path", "path", Binds::kService, says, ""}, places);
}

void AddParameters(ContractDraft& draft) {
  for (ParameterFact& fact : ReadParameters(draft.context, draft.request)) {
    const Parameter& parameter = fact.parameter;
    const bool in_path = parameter.in == Parameter::In::kPath;
    const std::string says =
        in_path ? fmt::format("{} in the path names what the call is about.", parameter.name)
        : parameter.required ? fmt::format("The query names {}.", parameter.name)
                             : fmt::format("The query may name {}.", parameter.name);
    draft.clauses.Add(
        {"parameter." + IdOf(parameter.name), "parameters." + parameter.name, Binds::kService, says,
         in_path || !parameter.required ? "No case yet leaves it out or varies it." : ""},
        fact.places);
    draft.contract.parameters.push_back(std::move(fact.parameter));
  }
}

std::string SaysOf(const HeaderRule& rule) {
  if (rule.name == "Authorization")
    return "A call needs a bearer token in its Authorization field.";
  if (!rule.value.empty()) {
    return fmt::format(
        "The client sends {} {} field that names {}.",
        std::string_view("AEIOaeio").find(rule.name.front()) == std::string_view::npos ? "a" : "an",
        rule.name, rule.value);
  }
  return fmt::format("The client {} {} field.", rule.required ? "sends a" : "may send a",
                     rule.name);
}

void AddHeaders(ContractDraft& draft, const std::vector<HeaderFact>& facts) {
  for (const HeaderFact& fact : facts) {
    draft.clauses.Add({"request." + IdOf(fact.rule.name), "headers." + fact.rule.name,
                       fact.rule.name == "Authorization" ? Binds::kService : Binds::kClient,
                       SaysOf(fact.rule), ""},
                      {fact.place});
    draft.contract.headers.push_back(fact.rule);
  }
}

void AddBody(ContractDraft& draft) {
  const HeaderRule* type = draft.contract.FindHeader("Content-Type");
  const BodyFact body =
      ReadBody(draft.context, draft.request, draft.examples, type == nullptr ? "" : type->value);
  const std::string says = body.rule.none ? "The client sends no body."
                                          : fmt::format("The client sends a body of type {}.",
                                                        body.rule.content.front().media_type);
  draft.clauses.Add({"request.body", "requestBody", Binds::kClient, says, ""}, body.places);
  draft.contract.request_body = body.rule;
}

constexpr std::array<std::string_view, 11> kCountWords = {
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"};

std::string SaysOf(IdentityKind kind, const PermissionRule& rule, const std::string& noun) {
  const std::string who = kind == IdentityKind::kDelegatedWork       ? "A work or school account"
                          : kind == IdentityKind::kDelegatedPersonal ? "A personal account"
                                                                     : "An application on its own";
  const std::size_t count = rule.permissions.size();
  if (count == 0) return fmt::format("{} cannot call the {}.", who, noun);
  if (count == 1)
    return fmt::format("{} needs {}, and may call with it.", who,
                       ShowPermission(rule.permissions[0]));
  return fmt::format(
      "{} needs one of {} permissions, any of which lets it call.", who,
      count < kCountWords.size() ? std::string(kCountWords[count]) : fmt::format("{}", count));
}

void AddPermissions(ContractDraft& draft, const std::map<IdentityKind, PermissionFact>& facts) {
  for (const auto& [kind, fact] : facts) {
    const std::string name(NameOf(kind));
    draft.clauses.Add({"permission." + name, "permissions." + name, Binds::kService,
                       SaysOf(kind, fact.rule, draft.name.noun), ""},
                      fact.places);
    if (fact.rule.permissions.size() > 1 && !fact.order_places.empty()) {
      draft.clauses.Add({"permission." + name + ".order", "permissions." + name, Binds::kNobody,
                         fmt::format("{} is the least privileged of them.",
                                     ShowPermission(fact.rule.permissions[0])),
                         ""},
                        fact.order_places);
    }
    draft.contract.permissions[kind] = fact.rule;
  }
}

}  // namespace

void AddRequestFacts(ContractDraft& draft) {
  AddAddress(draft);
  AddParameters(draft);
  std::vector<HeaderFact> headers = ReadHeaders(draft.context);
  const auto permissions = ReadPermissions(draft.context);
  const bool authorized = std::any_of(headers.begin(), headers.end(), [](const HeaderFact& fact) {
    return fact.rule.name == "Authorization";
  });
  if (!authorized && !permissions.empty()) {
    const Place place = permissions.begin()->second.places.front();
    draft.context.Warn(
        place.first_line,
        "no Authorization field is documented; permissions need one, and it is taken "
        "as required");
    headers.insert(headers.begin(), {{"Authorization", true, "Bearer", ""}, place});
  }
  AddHeaders(draft, headers);
  AddBody(draft);
  AddPermissions(draft, permissions);
}

}  // namespace conform
