#include "mock/control.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "base/json_text.h"
#include "base/percent.h"
#include "mock/client_json.h"

namespace conform {
namespace {

using Json = nlohmann::json;

constexpr std::int64_t kLongestAdvance = std::int64_t{10} * 366 * 24 * 60 * 60 * 1000;

Answer NeedsMethod(std::string_view method) {
  Answer answer = ControlProblem(405, fmt::format("This control request needs {}.", method));
  answer.fields.push_back({"Allow", std::string(method)});
  return answer;
}

std::optional<std::chrono::milliseconds> ReadAdvance(std::string_view body) {
  const Json json = ReadClientJson(body);
  if (!json.is_object() || json.size() != 1) return std::nullopt;
  const auto found = json.find("advance_ms");
  if (found == json.end() || !found->is_number_integer()) return std::nullopt;
  if (found->is_number_unsigned() &&
      found->get<std::uint64_t>() > static_cast<std::uint64_t>(kLongestAdvance)) {
    return std::nullopt;
  }
  const auto advance = found->get<std::int64_t>();
  if (advance < 0 || advance > kLongestAdvance) return std::nullopt;
  return std::chrono::milliseconds(advance);
}

// The tid in `tenants/{tid}/clock`, or empty.
std::string TenantIn(std::string_view path) {
  constexpr std::string_view kBefore = "tenants/";
  constexpr std::string_view kBehind = "/clock";
  if (!path.starts_with(kBefore) || !path.ends_with(kBehind)) return "";
  if (path.size() <= kBefore.size() + kBehind.size()) return "";
  path = path.substr(kBefore.size(), path.size() - kBefore.size() - kBehind.size());
  return path.find('/') == std::string_view::npos ? DecodePercent(path) : "";
}

}  // namespace

Answer ControlProblem(int status, std::string_view message) {
  Answer answer;
  answer.status = status;
  answer.fields.push_back({"Content-Type", "application/json"});
  answer.body = WriteJsonText(Json{{"error", {{"code", "Control"}, {"message", message}}}});
  return answer;
}

bool IsControl(const MockRequest& request) {
  return std::string_view(request.path).starts_with(kControlPrefix);
}

Answer AnswerControl(const MockRequest& request, TenantStates& states, const ServedCount& served) {
  const std::string_view path = std::string_view(request.path).substr(kControlPrefix.size());
  Answer answer;
  if (path == "requests") {
    if (request.method != "GET") return NeedsMethod("GET");
    answer.fields.push_back({"Content-Type", "application/json"});
    answer.body =
        fmt::format(R"({{"requests":{},"pipelining":{}}})", served.requests, served.in_turn);
    return answer;
  }
  const std::string tenant = TenantIn(path);
  if (tenant.empty()) return ControlProblem(404, "There is no such control request.");
  if (request.method != "POST") return NeedsMethod("POST");
  const std::optional<std::chrono::milliseconds> advance = ReadAdvance(request.body);
  if (!advance)
    return ControlProblem(400, R"(The content must be {"advance_ms": N}, N not negative.)");
  if (!states.Advance(tenant, *advance)) return ControlProblem(400, "No clock goes so far ahead.");
  answer.status = 204;
  return answer;
}

}  // namespace conform
