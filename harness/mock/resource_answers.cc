#include "mock/resource_answers.h"

#include <fmt/format.h>

#include <charconv>
#include <limits>
#include <optional>
#include <utility>

#include "base/digest.h"
#include "base/http_text.h"
#include "base/json_member.h"
#include "base/json_text.h"
#include "contract/media_range.h"
#include "mock/item_content.h"
#include "mock/promised_answer.h"

namespace conform {
namespace {

using Json = nlohmann::json;
using Does = MockResource::Does;

constexpr std::size_t kNoLimit = std::numeric_limits<std::size_t>::max();
constexpr std::string_view kSkipToken = "$skiptoken";

Answer Refuse(const ResourceCall& call, int status, std::string_view message) {
  return ErrorAnswer(status, ErrorCode(status), message, call.ids);
}

Answer UnknownItem(const ResourceCall& call) {
  return Refuse(call, 404, "There is no item of that key.");
}

const MockResource& ResourceOf(const ResourceCall& call) { return *call.route.contract->resource; }

// Without the tags of the item, or of the items of a list.
Json WithoutTags(Json body) {
  if (!body.is_object()) return body;
  body.erase(std::string(kTagMember));
  const auto items = body.find("value");
  if (items == body.end() || !items->is_array()) return body;
  for (Json& item : *items) {
    if (item.is_object()) item.erase(std::string(kTagMember));
  }
  return body;
}

// The success answer with that content, which is left out where the contract has none.
Answer Succeed(const ResourceCall& call, const Json& body) {
  const ResponseRule& success = call.route.contract->Success();
  Answer answer;
  answer.status = SampleStatusOf(success);
  if (success.content.empty()) return answer;
  answer.fields.push_back({"Content-Type", SampleTypeOf(success.content.front().media_type)});
  if (std::string tag = TextMember(body, kTagMember); !tag.empty()) {
    answer.fields.push_back({"ETag", std::move(tag)});
  }
  // An API description names its members: the annotations of OData are Graph's own.
  const bool described = !call.route.contract->page.document.empty();
  answer.body = described ? WriteJsonText(WithoutTags(body)) : WriteJsonText(body);
  return answer;
}

// The one path parameter's value.
std::string KeyIn(const ResourceCall& call) {
  const auto parameters = PathParameters(call.route.path_template, call.route.path_below);
  return parameters.empty() ? "" : parameters.front().second;
}

// The tags that the item may have; a request without If-Match takes any.
std::string TagIn(const ResourceCall& call) {
  if (call.faults.Has(Lapse::kEtagIgnored)) return "*";
  return CombinedValue(call.request.fields, "If-Match").value_or("*");
}

// A number of the query, `otherwise` where it is absent, nothing where it is none.
std::optional<std::size_t> NumberIn(std::string_view query, std::string_view name,
                                    std::size_t otherwise) {
  const std::optional<std::string> text = FindQueryValue(query, name);
  if (!text) return otherwise;
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (error != std::errc() || end != text->data() + text->size()) return std::nullopt;
  return number;
}

std::string OriginOf(const ResourceCall& call, std::string_view scheme) {
  return OriginAsked(*call.route.contract, call.request, scheme);
}

// The request's own address, at another place of the list.
std::string NextLink(const ResourceCall& call, std::string_view scheme, std::size_t begin) {
  return fmt::format("{}{}?{}{}={}", OriginOf(call, scheme), call.request.path,
                     WithoutQueryParameter(call.request.query, kSkipToken), kSkipToken, begin);
}

}  // namespace

ResourceAnswers::ResourceAnswers(const std::vector<const Contract*>& contracts,
                                 TenantStates& states, std::string_view scheme)
    : contracts_(contracts), states_(states), scheme_(scheme), collections_(contracts) {}

Answer ResourceAnswers::Serve(const ResourceCall& call, int precondition_status) {
  Answer answer = Act(call, precondition_status);
  if (IsSuccessStatus(answer.status)) AddPromisedFields(call.route.contract->Success(), answer);
  return answer;
}

Answer ResourceAnswers::Act(const ResourceCall& call, int precondition_status) {
  switch (ResourceOf(call).does) {
    case Does::kCreate:
      return Create(call);
    case Does::kRead:
      return Read(call);
    case Does::kList:
      return List(call);
    case Does::kUpdate:
      return Update(call, precondition_status);
    case Does::kDelete:
      return Delete(call, precondition_status);
    case Does::kShow:
      break;
  }
  return Show(call);
}

Answer ResourceAnswers::Create(const ResourceCall& call) {
  tl::expected<Json, std::string> item = ReadItem(*call.route.contract, call.request);
  if (!item) return Refuse(call, 400, item.error());
  FillItem(*call.route.contract, *item);
  const std::string key = NamedUuid("item/" + call.ids.request_id);
  (*item)[ResourceOf(call).key] = key;
  const bool kept = !call.faults.Has(Lapse::kCreatedNotKept);
  const Json created =
      collections_.Create(kept ? call.tenant : "", ResourceOf(call), *std::move(item));
  Answer answer = Succeed(call, created);
  answer.fields.push_back({"Location", AddressBelow(call.route, OriginOf(call, scheme_), key)});
  return answer;
}

Answer ResourceAnswers::Read(const ResourceCall& call) {
  const std::optional<Json> item = collections_.Find(call.tenant, ResourceOf(call), KeyIn(call));
  return item ? Succeed(call, *item) : UnknownItem(call);
}

Answer ResourceAnswers::List(const ResourceCall& call) {
  const std::size_t largest =
      ResourceOf(call).page_size == 0 ? kNoLimit : ResourceOf(call).page_size;
  const std::optional<std::size_t> top = NumberIn(call.request.query, "$top", largest);
  const std::optional<std::size_t> begin = NumberIn(call.request.query, kSkipToken, 0);
  if (!top || *top == 0) return Refuse(call, 400, "$top is no positive number.");
  if (!begin) return Refuse(call, 400, "$skiptoken is none that the service gave.");
  const ItemPage page =
      collections_.List(call.tenant, ResourceOf(call), *begin, std::min(*top, largest));
  Json body = {{"value", page.items}};
  if (page.next) body["@odata.nextLink"] = NextLink(call, scheme_, *page.next);
  return Succeed(call, body);
}

Answer ResourceAnswers::Update(const ResourceCall& call, int precondition_status) {
  const MockResource& resource = ResourceOf(call);
  const std::string key = KeyIn(call);
  tl::expected<Json, std::string> change = ReadItem(*call.route.contract, call.request);
  if (!change) return Refuse(call, 400, change.error());
  std::optional<Json> before = collections_.Find(call.tenant, resource, key);
  if (before && TagIn(call) == "*" && call.faults.Has(Lapse::kUpdateNotKept)) {
    return Succeed(call, Collections::Changed(resource, *std::move(before), *change));
  }
  switch (collections_.Update(call.tenant, resource, key, *change, TagIn(call))) {
    case ItemChange::kUnknown:
      return UnknownItem(call);
    case ItemChange::kOtherTag:
      return Refuse(call, precondition_status, "The item has another tag than If-Match names.");
    case ItemChange::kDone:
      break;
  }
  // An empty tenant keeps no change, yet its answer shows it.
  std::optional<Json> after = collections_.Find(call.tenant, resource, key);
  if (!after) return UnknownItem(call);
  if (call.tenant.empty()) after = Collections::Changed(resource, *std::move(after), *change);
  return Succeed(call, *after);
}

Answer ResourceAnswers::Delete(const ResourceCall& call, int precondition_status) {
  const std::string key = KeyIn(call);
  if (TagIn(call) == "*" && call.faults.Has(Lapse::kDeleteKeeps) &&
      collections_.Find(call.tenant, ResourceOf(call), key)) {
    return Succeed(call, Json());
  }
  switch (collections_.Delete(call.tenant, ResourceOf(call), key, TagIn(call))) {
    case ItemChange::kUnknown:
      return UnknownItem(call);
    case ItemChange::kOtherTag:
      return Refuse(call, precondition_status, "The item has another tag than If-Match names.");
    case ItemChange::kDone:
      break;
  }
  return Succeed(call, Json());
}

Answer ResourceAnswers::Show(const ResourceCall& call) {
  const Promise success{&call.route.contract->Success(), std::nullopt};
  Answer answer = PromisedAnswer(call.route, OriginOf(call, scheme_), success, call.ids);
  Json body = Json::parse(answer.body, nullptr, /*allow_exceptions=*/false);
  if (!body.is_object()) return answer;
  for (const ShownState& shown : ResourceOf(call).shows) body[shown.member] = Shown(shown, call);
  answer.body = WriteJsonText(body);
  return answer;
}

std::string ResourceAnswers::Shown(const ShownState& shown, const ResourceCall& call) {
  const auto since = states_.SinceSuccess(shown.operation, call.tenant, call.ids.now);
  if (!since || call.faults.Has(Lapse::kStateNeverBegins)) return shown.before;
  if (call.faults.Has(Lapse::kStateNeverEnds)) return shown.during;
  for (const Contract* contract : contracts_) {
    const auto lasts = contract->mock_lasts.find(shown.state);
    if (contract->operation != shown.operation || lasts == contract->mock_lasts.end()) continue;
    if (*since < lasts->second) return shown.during;
  }
  return shown.after;
}

}  // namespace conform
