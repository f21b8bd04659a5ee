#include "mock/mock_service.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "contract/media_range.h"
#include "contract/schema_sample.h"
#include "mock/control.h"
#include "mock/promised_answer.h"
#include "mock/request_content.h"

namespace conform {
namespace {

// What `specs/protocol/graph.yaml` says too; a catalogue may say otherwise.
const std::map<Refusal, int>& KnownRefusals() {
  static const std::map<Refusal, int> kKnown = {
      {Refusal::kNoLength, 411},     {Refusal::kPath, 404},
      {Refusal::kMethod, 405},       {Refusal::kNoToken, 401},
      {Refusal::kBadToken, 401},     {Refusal::kUnsupportedAccount, 403},
      {Refusal::kNoPermission, 403}, {Refusal::kPrecondition, 412},
  };
  return kKnown;
}

bool LacksLength(const MockRequest& request) {
  return !request.declares_length &&
         (request.method == "POST" || request.method == "PUT" || request.method == "PATCH");
}

// The route that has the method; with a fault, any.
const Route* FindMethod(const std::vector<Route>& routes, std::string_view method,
                        const Faults& faults) {
  const auto found = std::find_if(routes.begin(), routes.end(), [method](const Route& route) {
    return route.contract->method == method;
  });
  if (found != routes.end()) return &*found;
  return faults.Has(Lapse::kMethodIgnored) ? &routes.front() : nullptr;
}

std::string AllowedMethods(const std::vector<Route>& routes) {
  std::vector<std::string_view> allowed;
  for (const Route& route : routes) {
    const std::string_view method = route.contract->method;
    if (std::find(allowed.begin(), allowed.end(), method) == allowed.end()) {
      allowed.push_back(method);
    }
  }
  return fmt::format("{}", fmt::join(allowed, ", "));
}

// A refusal with the content that an API description promises for its status; 401 is 403 where
// only that is promised. What stands on a page is Graph's, whose error object every refusal has.
Answer AsDocumented(const Contract& contract, Answer refusal) {
  if (contract.page.document.empty()) return refusal;
  if (refusal.status == 401 && contract.Scheme() != kBearerScheme) {
    ReplaceField(refusal.fields, "WWW-Authenticate",
                 fmt::format("{} realm=\"conform\"", contract.Scheme()));
  }
  const ResponseRule* rule = contract.FindResponse(refusal.status);
  if (rule == nullptr && refusal.status == 401) {
    rule = contract.FindResponse(403);
    if (rule != nullptr) refusal.status = 403;
  }
  if (rule == nullptr) return refusal;
  AddPromisedFields(*rule, refusal);
  if (rule->content.empty()) return refusal;
  const MediaContent& content = rule->content.front();
  ReplaceField(refusal.fields, "Content-Type", SampleTypeOf(content.media_type));
  refusal.body = ExampleText(content);
  return refusal;
}

WireAnswer Finish(Answer answer, const MockRequest& request, const Faults& faults) {
  faults.Spoil(answer, request);
  WireAnswer wire = FrameAnswer(answer, request.method);
  faults.Spoil(wire);
  return wire;
}

}  // namespace

MockService::MockService(const std::vector<const Contract*>& contracts,
                         std::map<Refusal, int> refusals, const Clock& clock,
                         std::string_view scheme, bool at_once)
    : routes_(contracts),
      refusals_(std::move(refusals)),
      clock_(clock),
      scheme_(scheme),
      at_once_(at_once),
      resources_(contracts, states_, scheme),
      entra_(contracts, clock, scheme) {
  refusals_.insert(KnownRefusals().begin(), KnownRefusals().end());
}

WireAnswer MockService::Serve(const MockRequest& request, const Faults& faults) {
  if (IsOfEntra(request)) {
    return FrameAnswer(entra_.Serve(request), request.method);
  }
  if (IsControl(request)) {
    const ServedCount count{served(), at_once_ && faults.IsNone()};
    return FrameAnswer(AnswerControl(request, states_, count), request.method);
  }
  served_.fetch_add(1, std::memory_order_relaxed);
  if (LacksLength(request)) {
    const Answer answer = FrontEndAnswer(StatusOf(Refusal::kNoLength, faults), clock_.Now());
    return Finish(answer, request, faults);
  }
  const AnswerIds ids = DrawIds(request);
  Answer answer = Decide(request, ids, faults);
  AddServiceFields(answer, ids);
  return Finish(std::move(answer), request, faults);
}

bool MockService::IsOfEntra(const MockRequest& request) const {
  if (request.path.starts_with(kEntraControlPrefix)) return true;
  if (!EntraService::Owns(request.path)) return false;
  // A contract may promise a path that looks like Entra's; one of parameters looks like any.
  const auto promised = routes_.Find(request.path, Faults());
  return std::none_of(promised.begin(), promised.end(), [&](const Route& route) {
    return route.contract->method == request.method && !route.path_template.ends_with('}');
  });
}

void MockService::Forget(std::string_view tenant) {
  states_.Forget(tenant);
  resources_.Forget(tenant);
}

WireAnswer MockService::Refuse(const MockRequest& request, int status, const Faults& faults) {
  served_.fetch_add(1, std::memory_order_relaxed);
  const AnswerIds ids = DrawIds(request);
  Answer answer = ErrorAnswer(status, ErrorCode(status), "The request cannot be served.", ids);
  AddServiceFields(answer, ids);
  answer.close = true;
  return Finish(std::move(answer), request, faults);
}

AnswerIds MockService::DrawIds(const MockRequest& request) {
  AnswerIds ids;
  ids.now = clock_.Now();
  ids.request_id = request_ids_.Next();
  const Field* sent = FindField(request.fields, "client-request-id");
  ids.client_request_id = sent == nullptr || sent->value.empty() ? ids.request_id : sent->value;
  return ids;
}

Answer MockService::Decide(const MockRequest& request, const AnswerIds& ids, const Faults& faults) {
  const std::vector<Route> routes = routes_.Find(request.path, faults);
  if (routes.empty()) {
    return RefuseFor(Refusal::kPath, "There is no resource at this path.", ids, faults);
  }
  const Route* route = FindMethod(routes, request.method, faults);
  if (route == nullptr) {
    Answer answer = RefuseFor(
        Refusal::kMethod, fmt::format("The method {} is not allowed at this path.", request.method),
        ids, faults);
    answer.fields.push_back({"Allow", AllowedMethods(routes)});
    return answer;
  }
  return DecideAt(*route, request, ids, faults);
}

tl::expected<Caller, BearerRefusal> MockService::IdentifyCaller(const Contract& contract,
                                                                const MockRequest& request,
                                                                const AnswerIds& ids,
                                                                const Faults& faults) {
  Caller caller;
  caller.unknown = true;
  if (NeedsToken(contract)) {
    tl::expected<Caller, BearerRefusal> identified =
        bearer_check_.Identify(request.fields, contract.Scheme(), ids.now, faults);
    if (!identified) return identified;
    caller = *std::move(identified);
  }
  for (const Parameter& each : contract.parameters) {
    if (!each.key || !each.required) continue;
    tl::expected<Caller, BearerRefusal> identified = bearer_check_.IdentifyToken(
        FindParameterValue(each, request).value_or(""), ids.now, faults);
    if (!identified) return identified;
    if (caller.unknown) caller = *std::move(identified);
  }
  return caller;
}

Answer MockService::DecideAt(const Route& route, const MockRequest& request, const AnswerIds& ids,
                             const Faults& faults) {
  const Contract& contract = *route.contract;
  const tl::expected<Caller, BearerRefusal> caller = IdentifyCaller(contract, request, ids, faults);
  if (!caller) {
    return AsDocumented(contract,
                        RefuseFor(caller.error().refusal, caller.error().message, ids, faults));
  }
  const tl::expected<void, BearerRefusal> permitted = CheckPermission(contract, *caller, faults);
  if (!permitted) {
    return AsDocumented(
        contract, RefuseFor(permitted.error().refusal, permitted.error().message, ids, faults));
  }
  std::optional<ContentRefusal> improper = CheckContent(contract, request);
  if (!improper) improper = CheckParameters(contract, request);
  if (improper) {
    return AsDocumented(contract, ErrorAnswer(improper->status, ErrorCode(improper->status),
                                              improper->message, ids));
  }
  const Promise promise = states_.Try(contract, caller->tenant, ids.now, faults);
  if (!promise.left && faults.Has(Lapse::kServerError)) {
    states_.Withdraw(contract, caller->tenant, promise);
    return ErrorAnswer(500, ErrorCode(500), "Something went wrong.", ids);
  }
  if (!promise.left && contract.resource) {
    Answer answer = resources_.Serve({route, request, caller->tenant, ids, faults},
                                     StatusOf(Refusal::kPrecondition, faults));
    // 404 of an item that is not there begins no state.
    if (answer.status >= 400) states_.Withdraw(contract, caller->tenant, promise);
    return answer;
  }
  return PromisedAnswer(route, OriginAsked(contract, request, scheme_), promise, ids);
}

Answer MockService::RefuseFor(Refusal refusal, std::string_view message, const AnswerIds& ids,
                              const Faults& faults) const {
  const int status = StatusOf(refusal, faults);
  return ErrorAnswer(status, ErrorCode(status), message, ids);
}

int MockService::StatusOf(Refusal refusal, const Faults& faults) const {
  if (refusal != Refusal::kNoLength && faults.Has(Lapse::kRefusalsAre400)) return 400;
  return refusals_.at(refusal);
}

}  // namespace conform
